using System.Diagnostics.Metrics;
using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.ServiceDefaults.Telemetry;

namespace CodeInterpreter.Discord.Platform.Telemetry;

/// <summary>What the bot measures of its conversation with Discord.</summary>
internal sealed class DiscordInstruments
{
    /// <summary>Name of the meter.</summary>
    public const string Meter = "CodeInterpreter.Discord";

    private readonly Counter<long> _interactions;
    private readonly Histogram<double> _answer;
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _rateLimitWait;
    private readonly Counter<long> _connections;
    private int _isConnected;

    public DiscordInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(Meter);
        _interactions = meter.CreateCounter<long>(
            "code_interpreter.discord.interactions",
            "{interaction}",
            "Interactions, by type and outcome."
        );
        _answer = meter.CreateDurationHistogram(
            "code_interpreter.discord.first_answer.duration",
            "From an interaction's arrival to its first answer, which Discord awaits for 3 s."
        );
        _requests = meter.CreateCounter<long>(
            "code_interpreter.discord.requests",
            "{request}",
            "Calls to Discord's API, by route and status."
        );
        _rateLimitWait = meter.CreateDurationHistogram("code_interpreter.discord.rate_limit.wait", "Waits for Discord's rate limits.");
        _connections = meter.CreateCounter<long>(
            "code_interpreter.discord.gateway.connections",
            "{connection}",
            "Connections to Discord's gateway, by how they began."
        );
        meter.CreateObservableGauge(
            "code_interpreter.discord.gateway.connected",
            () => Volatile.Read(ref _isConnected),
            "{connection}",
            "Whether Discord's gateway sends interactions to this process."
        );
    }

    public void Answered(InteractionType type, string outcome, TimeSpan duration)
    {
        _interactions.Add(1, new("type", TagValue.Of(type)), new KeyValuePair<string, object?>("outcome", outcome));
        _answer.Record(duration.TotalSeconds);
    }

    /// <param name="route">The path with names in place of ids.</param>
    /// <param name="status">The status of the answer; 0 where there was none.</param>
    public void Requested(string route, int status) =>
        _requests.Add(1, new("route", route), new KeyValuePair<string, object?>("status", status));

    public void Waited(TimeSpan duration) => _rateLimitWait.Record(duration.TotalSeconds);

    public void Connected(bool isResumed)
    {
        Volatile.Write(ref _isConnected, 1);
        _connections.Add(1, new KeyValuePair<string, object?>("start", isResumed ? "resumed" : "identified"));
    }

    public void Disconnected() => Volatile.Write(ref _isConnected, 0);
}
