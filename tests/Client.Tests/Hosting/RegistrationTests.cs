using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Client.Tests.Hosting;

/// <summary>The client in a program with a container.</summary>
public sealed class RegistrationTests(ProductFixture product)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Client_HasOptionsFromConfigurationAndAHealthCheck()
    {
        using var host = NewHost(
            builder =>
            {
                builder.Services.AddCodeInterpreter(builder.Configuration.GetSection("CodeInterpreter"));
                builder.Services.AddHealthChecks().AddCodeInterpreter();
            },
            ("CodeInterpreter:Address", product.Address.ToString()),
            ("CodeInterpreter:UserId", "bot"),
            ("CodeInterpreter:CallTimeout", "00:00:07"),
            ("CodeInterpreter:Retry:MaxAttempts", "2")
        );
        await host.StartAsync(Token);

        var client = host.Services.GetRequiredService<CodeInterpreterClient>();
        var options = host.Services.GetRequiredService<IOptions<CodeInterpreterClientOptions>>().Value;

        client.UserId.ShouldBe("bot");
        (options.CallTimeout, options.Retry.MaxAttempts).ShouldBe((TimeSpan.FromSeconds(7), 2));
        (await client.ForUser(ProductFixture.NewUser()).RunAsync("print(1)", Token)).Output.ShouldBe("1\n");
        host.Services.GetRequiredService<CodeInterpreterClient>().ShouldBeSameAs(client);
        (await CheckAsync(host)).Status.ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task HealthCheck_WithoutAService_FailsWithTheReason()
    {
        using var host = NewHost(builder =>
        {
            builder.Services.AddCodeInterpreter(options => options.Address = new Uri("http://127.0.0.1:1"));
            builder.Services.AddHealthChecks().AddCodeInterpreter();
        });

        var report = await CheckAsync(host);

        report.Status.ShouldBe(HealthStatus.Unhealthy);
        report.Entries["code-interpreter"].Description.ShouldNotBeNull().ShouldStartWith("UNAVAILABLE: ");
    }

    [Theory]
    [InlineData("Address", "localhost:8081", "Address")]
    [InlineData("UserId", "two words", "UserId")]
    [InlineData("ApiKey", "two words", "ApiKey")]
    [InlineData("CallTimeout", "0", "CallTimeout")]
    [InlineData("CallTimeout", "soon", "CallTimeout")]
    [InlineData("Retry:MaxAttempts", "0", "Retry.MaxAttempts")]
    [InlineData("Retry:MaxAttempts", "many", "MaxAttempts")]
    [InlineData("Retry:MaxDelay", "00:00:00.1", "Retry.BaseDelay")]
    public async Task Start_InvalidOption_FailsAndNamesIt(string option, string value, string name)
    {
        using var host = NewHost(
            builder => builder.Services.AddCodeInterpreter(builder.Configuration.GetSection("CodeInterpreter")),
            ($"CodeInterpreter:{option}", value)
        );

        var failure = await Should.ThrowAsync<Exception>(() => host.StartAsync(Token));

        failure.Message.ShouldContain(name);
        failure.Message.ShouldNotContain("two words");
    }

    [Fact]
    public void Constructor_InvalidOption_IsRefused() =>
        Should.Throw<ArgumentException>(() => new CodeInterpreterClient("127.0.0.1:8081", "me")).Message.ShouldContain("Address");

    [Fact]
    public async Task HttpClient_CanBeConfigured()
    {
        var requests = 0;
        using var host = NewHost(builder =>
            builder
                .Services.AddCodeInterpreter(options => options.Address = product.Address)
                .AddHttpMessageHandler(() => new Counting(() => Interlocked.Increment(ref requests)))
        );

        await host.Services.GetRequiredService<CodeInterpreterClient>().ForUser(ProductFixture.NewUser()).RunAsync("1", Token);

        requests.ShouldBe(1);
    }

    [Fact]
    public async Task Telemetry_HasOperationsAndOutcomesAndNothingOfTheUser()
    {
        var activities = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == CodeInterpreterTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (activities)
                    activities.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var host = NewHost(builder => builder.Services.AddCodeInterpreter(options => options.Address = product.Address));
        var measured = new List<string>();
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, itself) =>
            {
                if (instrument.Meter.Name == CodeInterpreterTelemetry.MeterName && instrument.Meter.Scope is not null)
                    itself.EnableMeasurementEvents(instrument);
            },
        };
        meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(instrument, tags));
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument, tags));
        meters.Start();

        var client = host.Services.GetRequiredService<CodeInterpreterClient>().ForUser(ProductFixture.NewUser());
        var result = await client.RunAsync("raise SystemExit(3)", Token);
        await Should.ThrowAsync<CodeInterpreterException>(() => client.Files.GetAsync("unknown", Token));

        Activity activity;
        lock (activities)
            activity = activities.Single(one => one.GetTagItem("execution.id") as string == result.ExecutionId);
        (activity.OperationName, activity.GetTagItem("outcome")).ShouldBe(("code_interpreter run", "NonZeroExit"));
        measured.ShouldBe([
            "code_interpreter.client.executions.finished outcome=NonZeroExit",
            "code_interpreter.client.operation.duration operation=run",
            "code_interpreter.client.operation.duration operation=get error.type=NOT_FOUND",
        ]);

        void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var text = instrument.Name;
            foreach (var (name, value) in tags)
                text += $" {name}={value}";
            measured.Add(text);
        }
    }

    private static IHost NewHost(Action<HostApplicationBuilder> configure, params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value));
        builder.Services.AddLogging();
        configure(builder);
        return builder.Build();
    }

    private static Task<HealthReport> CheckAsync(IHost host) =>
        host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);

    private sealed class Counting(Action count) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            count();
            return base.SendAsync(request, cancellationToken);
        }
    }
}
