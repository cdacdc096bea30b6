using CodeInterpreter.ServiceDefaults.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Testing;

namespace CodeInterpreter.ServiceDefaults.Tests.Settings;

/// <summary>Values of settings: those that are read, and those that end the start.</summary>
public sealed class SettingValueTests
{
    [Fact]
    public void Value_OfEveryKind_IsRead()
    {
        var app = TestSettings.Build(
            ("Test:Mode", "required"),
            ("Test:Retention", "36h"),
            ("Test:Pause", "500ms"),
            ("Test:Slots", "7"),
            ("Test:MaxBytes", "5000000000"),
            ("Test:Ratio", "0.5"),
            ("Test:Enabled", "true"),
            ("Test:Address", "http://host:1"),
            ("Test:Jwt:Leeway", "90s"),
            ("Test:Origins:0", "one"),
            ("Test:Origins:1", "two"),
            ("Test:Waits:long", "2d"),
            ("Test:Issuers:a:Leeway", "1s")
        );
        var options = TestSettings.OptionsOf(app);

        options.Mode.ShouldBe(TestMode.Required);
        options.Retention.ShouldBe(TimeSpan.FromHours(36));
        options.Pause.ShouldBe(TimeSpan.FromMilliseconds(500));
        options.Slots.ShouldBe(7);
        options.MaxBytes.ShouldBe(5_000_000_000);
        options.Ratio.ShouldBe(0.5);
        options.Enabled.ShouldBeTrue();
        options.Address.ShouldBe(new Uri("http://host:1"));
        options.Jwt.Leeway.ShouldBe(TimeSpan.FromSeconds(90));
        options.Origins.ShouldBe(["one", "two"]);
        options.Waits["long"].ShouldBe(TimeSpan.FromDays(2));
        options.Issuers["a"].Leeway.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("Test:Mode", "Requird", "must be one of Loopback, Required.")]
    [InlineData("Test:Mode", "1", "must be one of Loopback, Required.")]
    [InlineData("Test:Retention", "48", "must be a duration such as 48h, 15m, 90s, 500ms, 2d or 00:15:00.")]
    [InlineData("Test:Retention", "", "must be a duration such as 48h, 15m, 90s, 500ms, 2d or 00:15:00.")]
    [InlineData("Test:Pause", "2m", "must be 100ms to 1m.")]
    [InlineData("Test:Slots", "0", "must be 1 to 256.")]
    [InlineData("Test:Slots", "many", "must be a whole number of at most 2147483647.")]
    [InlineData("Test:MaxBytes", "50 MB", "must be a whole number of at most 9223372036854775807.")]
    [InlineData("Test:Ratio", "NaN", "must be a number.")]
    [InlineData("Test:Enabled", "yes", "must be true or false.")]
    [InlineData("Test:Address", "http://", "must be an address.")]
    [InlineData("Test:Name", "ABC", "must match [a-z]*.")]
    [InlineData("Test:Jwt:Leeway", "5", "must be a duration such as 48h, 15m, 90s, 500ms, 2d or 00:15:00.")]
    [InlineData("Test:Jwt:Authority", "", "must be set.")]
    [InlineData("Test:Waits:long", "5", "must be a duration such as 48h, 15m, 90s, 500ms, 2d or 00:15:00.")]
    public void Value_Invalid_IsReportedWithItsNameAndWhatIsAllowed(string name, string value, string allowed) =>
        TestSettings.FaultsOf((name, value)).ShouldBe([$"{name} is '{value}': {allowed}"]);

    [Fact]
    public void Values_Invalid_AreAllReportedInOneLineEach()
    {
        var faults = TestSettings.FaultsOf(
            ("Test:Mode", "Requird"),
            ("Test:Slots", "0"),
            ("Test:Tokens:Leeway", "5"),
            ("Test:Mod", "x"),
            ("Test:Name", "A\nB")
        );

        faults.Count.ShouldBe(5);
        faults.ShouldAllBe(fault => !fault.Contains('\n'));
    }

    [Fact]
    public void Value_OfASecret_IsNeverShown()
    {
        var app = TestSettings.Build(("Test:Key", "hidden"), ("Test:Database", "hidden"), ("Test:Address", "http://user:hidden@host"));
        string[] failures = ["Test:Key: must be longer.", "Property Test:Database: must be an address.", "Test:Address: must be another."];

        var lines = SettingFaults.Lines(
            failures,
            app.Services.GetRequiredService<IConfiguration>(),
            [new SettingsSection("Test", typeof(TestOptions))]
        );

        lines.ShouldBe([
            "Test:Key, whose value is not shown here, must be longer.",
            "Test:Database, whose value is not shown here, must be an address.",
            "Test:Address is 'http://***': must be another.",
        ]);
    }

    [Fact]
    public void Message_OfAValidator_HasTheValueOnce()
    {
        var app = TestSettings.Build(("Test:Name", "x"));
        string[] failures = ["Test:Name must be longer.", "Test:Name must be longer, not 'x'.", "Test:Retention must be more than 0."];

        SettingFaults
            .Lines(failures, app.Services.GetRequiredService<IConfiguration>(), [new SettingsSection("Test", typeof(TestOptions))])
            .ShouldBe(["Test:Name is 'x': must be longer.", "Test:Name must be longer, not 'x'.", "Test:Retention must be more than 0."]);
    }

    [Fact]
    public void ReadSettings_UnreadableValue_IsTheDefault()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Test:Mode"] = "Requird", ["Test:Slots"] = "5" })
            .Build();

        var options = configuration.ReadSettings<TestOptions>("Test");

        (options.Mode, options.Slots).ShouldBe((TestMode.Loopback, 5));
    }

    [Fact]
    public async Task Start_LogsTheSettingsOnceWithoutSecrets()
    {
        var log = new FakeLogCollector();
        using var app = TestSettings.Build(
            log,
            ("Test:Key", "hidden"),
            ("Test:Database", "mongodb://u:hidden@h"),
            ("Test:Address", "http://u:hidden@host:1/a?hidden"),
            ("Test:Waits:a", "90s")
        );
        await LogOf(app).StartAsync(TestContext.Current.CancellationToken);
        await LogOf(app).StartAsync(TestContext.Current.CancellationToken);

        var lines = log.GetSnapshot()
            .Select(record => record.Message)
            .Where(line => line.StartsWith("Settings of", StringComparison.Ordinal))
            .ToList();

        lines.Count.ShouldBe(2);
        lines[0].ShouldStartWith("Settings of Test: Mode=Loopback, Retention=48h, Pause=1s, Slots=4, MaxBytes=,");
        lines[0].ShouldContain("Key=***, Database=***");
        lines[0].ShouldContain("Address=http://host:1/a");
        lines[0].ShouldNotContain("hidden");
        lines[1].ShouldStartWith("Settings of Test:Tokens: ");
    }

    private static SettingsLog LogOf(IHost app) => app.Services.GetServices<IHostedService>().OfType<SettingsLog>().Single();
}
