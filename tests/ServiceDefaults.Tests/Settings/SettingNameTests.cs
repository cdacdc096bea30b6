using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Testing;

namespace CodeInterpreter.ServiceDefaults.Tests.Settings;

/// <summary>Settings that nobody reads.</summary>
public sealed class SettingNameTests
{
    [Theory]
    [InlineData("Test:Mod", "Test:Mode")]
    [InlineData("Test:retnetion", "Test:Retention")]
    [InlineData("Test:Jtw:Authority", "Test:Jwt:Authority")]
    [InlineData("Test:Jwt:Autority", "Test:Jwt:Authority")]
    [InlineData("Test:Authority", "Test:Jwt:Authority")]
    [InlineData("Test:Tokens:Leway", "Test:Tokens:Leeway")]
    [InlineData("Test:Slots:Max", "Test:Slots")]
    [InlineData("Test:IsComputed", "Test:Slots")]
    [InlineData("Test:Issuers:one:Authorty", "Test:Issuers:one:Authority")]
    [InlineData("Tst:Mode", "Test:Mode")]
    public void Name_Misspelt_IsRefusedWithTheNearestOne(string name, string nearest) =>
        TestSettings.FaultsOf((name, "x")).ShouldBe([$"{name} is no setting. Did you mean {nearest}?"]);

    [Theory]
    [InlineData("TEST:MODE", "Required")]
    [InlineData("Test:Origins:0", "http://one")]
    [InlineData("Test:Waits:any name", "90s")]
    [InlineData("Test:Issuers:one:Authority", "x")]
    [InlineData("Test:Jwt:Authority", "x")]
    [InlineData("Test", "a variable of somebody else")]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://127.0.0.1:0")]
    [InlineData("Logging:LogLevel:Default", "Debug")]
    [InlineData("Other:Setting", "of another service")]
    [InlineData("TEST_MODE", "x")]
    [InlineData("Tests:Mode", null)]
    public void Name_KnownOrOfOthers_IsAccepted(string name, string? value) => TestSettings.FaultsOf((name, value)).ShouldBeEmpty();

    [Fact]
    public void Names_Misspelt_AreAllReportedWithoutValues()
    {
        var faults = TestSettings.FaultsOf(("Test:Kye", "secret"), ("Test:Databse", "secret"), ("Test:Modes:First", "x"));

        faults.Count.ShouldBe(3);
        faults.ShouldAllBe(fault => !fault.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void Value_ForASection_IsRefusedWithItsSettings() =>
        TestSettings.FaultsOf(("Test:Jwt", "x")).ShouldBe(["Test:Jwt is a section; its settings are Test:Jwt:Authority, Test:Jwt:Leeway."]);

    [Fact]
    public void Name_OfAnEnvironmentVariable_IsReportedAsWritten()
    {
        const string variable = "Test__Mod";
        Environment.SetEnvironmentVariable(variable, "Required");
        try
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Configuration.AddEnvironmentVariables();

            FaultsOf(builder).ShouldBe(["Test:Mod is no setting (environment variable Test__Mod). Did you mean Test:Mode?"]);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    [Fact]
    public void Name_OnTheCommandLine_MustBeASetting()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddCommandLine(["--Elsewhere:Mode=Required", "--Kestrel:Limits:MaxRequestBodySize=1"]);

        FaultsOf(builder).ShouldBe(["Elsewhere:Mode is no setting (command line). Did you mean Test:Mode?"]);
    }

    [Fact]
    public void Name_InASettingsFile_IsReportedWithTheFile()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes("""{ "Test": { "Mod": "Required" } }""")));

        FaultsOf(builder).ShouldHaveSingleItem().ShouldStartWith("Test:Mod is no setting");
    }

    private static IReadOnlyList<string> FaultsOf(HostApplicationBuilder builder) =>
        TestSettings.FaultsOf(TestSettings.Build(builder, new FakeLogCollector()));
}
