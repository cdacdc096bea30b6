using System.Diagnostics.Metrics;
using System.Linq.Expressions;
using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using CodeInterpreter.FileStore;
using CodeInterpreter.Gateway;
using CodeInterpreter.Runner;
using CodeInterpreter.ServiceDefaults.Hosting;
using CodeInterpreter.ServiceDefaults.Messaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CodeInterpreter.Kubernetes.Tests.Watching;

/// <summary>
/// What <c>/metrics</c> has when everything that the services measure has happened once: their own instruments, made as in their
/// programs, and a host that serves what they collect. The services themselves are not started.
/// </summary>
public sealed partial class ExportedMetrics : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _hosts = [];

    /// <summary>The names, as Prometheus has them.</summary>
    public IReadOnlySet<string> Names { get; private set; } = new HashSet<string>();

    public async ValueTask InitializeAsync()
    {
        var exporter = WebApplication.CreateBuilder(["--Kestrel:Endpoints:Http:Url=http://127.0.0.1:0"]);
        exporter.Logging.ClearProviders();
        exporter.AddServiceDefaults();
        var host = exporter.Build();
        _hosts.Add(host);
        host.MapServiceDefaults();
        await host.StartAsync();

        using (Measure())
        {
            MakeInstruments(builder => builder.AddGateway(), bus => bus.AddGatewayConsumers(InMemory()));
            MakeInstruments(builder => builder.AddRunner(), bus => bus.AddRunnerConsumers());
            MakeInstruments(builder => builder.AddFileStore(), _ => { });
        }

        using var http = new HttpClient { BaseAddress = new Uri(host.Urls.Single()) };
        using var nothing = await http.GetAsync("/nothing");
        nothing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        Names = Family()
            .Matches(await http.GetStringAsync("/metrics"))
            .SelectMany(match => SeriesOf(match.Groups[1].Value, match.Groups[2].Value))
            .ToHashSet();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
    }

    // Each instrument measures something the moment it is made. Those that are asked for their value answer by themselves.
    private static MeterListener Measure()
    {
        var listener = new MeterListener { InstrumentPublished = (instrument, _) => MeasureOnce(instrument) };
        listener.Start();
        return listener;
    }

    private static void MeasureOnce(Instrument instrument)
    {
        if (!instrument.Meter.Name.StartsWith("CodeInterpreter.", StringComparison.Ordinal))
            return;
        switch (instrument)
        {
            case Counter<long> counter:
                counter.Add(1);
                break;
            case Counter<int> counter:
                counter.Add(1);
                break;
            case UpDownCounter<int> counter:
                counter.Add(1);
                break;
            case UpDownCounter<long> counter:
                counter.Add(1);
                break;
            case Gauge<int> gauge:
                gauge.Record(1);
                break;
            case Gauge<double> gauge:
                gauge.Record(1);
                break;
            case Histogram<double> histogram:
                histogram.Record(1);
                break;
            default:
                instrument.IsObservable.ShouldBeTrue($"{instrument.Name} is of a kind that this test does not know");
                break;
        }
    }

    private void MakeInstruments(Action<WebApplicationBuilder> add, Action<MassTransit.IBusRegistrationConfigurator> consumers)
    {
        var builder = WebApplication.CreateBuilder(["--MessageBus:Transport=InMemory", "--Runner:Slots=1"]);
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults();
        add(builder);
        builder.AddMessageBus("test", consumers);
        var app = builder.Build();
        _hosts.Add(app);
        foreach (var type in builder.Services.Select(service => service.ServiceType).Distinct().Where(Measures))
        {
            var instruments = app.Services.GetRequiredService(type);
            if (type.GetMethod("Observe") is { } observe)
                observe.Invoke(instruments, [.. observe.GetParameters().Select(Nothing)]);
        }
    }

    private static bool Measures(Type type) =>
        type.Assembly.GetName().Name!.StartsWith("CodeInterpreter.", StringComparison.Ordinal)
        && type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .SelectMany(constructor => constructor.GetParameters())
            .Any(parameter => parameter.ParameterType == typeof(IMeterFactory));

    // A pool tells its instruments whom to ask when it starts; here nobody has anything.
    private static Delegate Nothing(ParameterInfo question)
    {
        var asked = question.ParameterType.GetGenericArguments()[..^1].Select(type => Expression.Parameter(type));
        return Expression.Lambda(question.ParameterType, Expression.Constant(0), asked).Compile();
    }

    private static IConfiguration InMemory() =>
        new ConfigurationBuilder().AddInMemoryCollection([new("MessageBus:Transport", "InMemory")]).Build();

    private static string[] SeriesOf(string family, string kind) =>
        kind == "histogram" ? [$"{family}_bucket", $"{family}_sum", $"{family}_count"] : [family];

    [GeneratedRegex("^# TYPE (\\S+) (\\S+)$", RegexOptions.Multiline)]
    private static partial Regex Family();
}
