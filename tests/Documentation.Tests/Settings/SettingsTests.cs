using Microsoft.Extensions.Configuration;

namespace CodeInterpreter.Documentation.Tests.Settings;

public sealed class SettingsTests
{
    public static TheoryData<string> Services => [.. Service.All.Select(service => service.Name)];

    [Fact]
    public void SettingsPage_HasAllOptions() => Repository.ShouldBe(SettingsPage.Path, SettingsPage.Write(Service.All));

    [Theory]
    [MemberData(nameof(Services))]
    public void SettingsFile_OfAService_HasItsOptions(string name)
    {
        var service = Service.All.Single(service => service.Name == name);

        Repository.ShouldBe(SettingsFile.PathOf(service), SettingsFile.Write(service));
    }

    // So that the file changes nothing, and its copies beside programs of several services do no harm.
    [Theory]
    [MemberData(nameof(Services))]
    public void SettingsFile_WithAllComments_SetsNothing(string name)
    {
        var text = SettingsFile.Write(Service.All.Single(service => service.Name == name));

        Read(text).ShouldAllBe(setting => string.IsNullOrEmpty(setting.Value));
        Read(text.Replace("// \"", "\"", StringComparison.Ordinal))["Telemetry:TraceRatio"].ShouldBe("1");
    }

    private static Dictionary<string, string?> Read(string text) =>
        new ConfigurationBuilder()
            .AddJsonStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)))
            .Build()
            .AsEnumerable()
            .ToDictionary();
}
