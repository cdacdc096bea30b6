using CodeInterpreter.ServiceDefaults.Channels;
using CodeInterpreter.ServiceDefaults.Settings;

namespace CodeInterpreter.ServiceDefaults.Tests.Settings;

public sealed class SettingsRulesTests
{
    [Fact]
    public void Rule_Broken_IsAFaultWithTheFullName()
    {
        var options = new TestOptions { Slots = 8, Name = "long" };

        new Rules().Validate(null, options).Failures.ShouldBe(["Test:Slots must be at most 4.", "Test:Name must be short."]);
    }

    [Fact]
    public void Rule_Obeyed_IsNotAFault() => new Rules().Validate(null, new TestOptions()).Succeeded.ShouldBeTrue();

    [Theory]
    [InlineData("http://host:1", true, true)]
    [InlineData("https://host/path", true, true)]
    [InlineData("https://host/?query", false, true)]
    [InlineData("unix:///path/to.sock", false, true)]
    [InlineData("ftp://host", false, false)]
    [InlineData("host:1", false, false)]
    [InlineData("/path", false, false)]
    public void Address_OfTheWebOrAService_IsKnownByItsForm(string text, bool isWeb, bool isService)
    {
        var address = new Uri(text, UriKind.RelativeOrAbsolute);

        new WebAddressAttribute().IsValid(address).ShouldBe(isWeb);
        new ServiceAddressAttribute().IsValid(address).ShouldBe(isService);
    }

    [Fact]
    public void Address_NotSet_IsAllowedForTheWebOnly()
    {
        new WebAddressAttribute().IsValid(null).ShouldBeTrue();
        new ServiceAddressAttribute().IsValid(null).ShouldBeFalse();
    }

    private sealed class Rules() : SettingsRules<TestOptions>("Test")
    {
        protected override IEnumerable<SettingRule> RulesFor(TestOptions options) =>
            [
                new(options.Slots <= 4, nameof(options.Slots), "must be at most 4."),
                new(options.Name.Length < 3, nameof(options.Name), "must be short."),
            ];
    }
}
