using System.Net;
using System.Net.WebSockets;
using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Rest;
using CodeInterpreter.Discord.Platform.Startup;
using CodeInterpreter.Discord.Platform.Telemetry;
using CodeInterpreter.Discord.Settings;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Discord.Platform.Gateway;

/// <summary>
/// Keeps a connection to Discord's gateway for as long as the service runs: one shard, which is enough for 2,500 servers.
/// </summary>
internal sealed partial class GatewayConnection(
    IDiscordRest rest,
    GatewayAnswers answers,
    DiscordInstruments instruments,
    FatalError fatal,
    IOptions<DiscordOptions> options,
    TimeProvider time,
    ILogger<GatewayConnection> logger
) : BackgroundService, IGatewayEvents
{
    // As Discord's documentation has it: the version, and the encoding.
    private const string Query = "?v=10&encoding=json";
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>A connection that lasts this long does not count as a failure.</summary>
    private static readonly TimeSpan Stable = TimeSpan.FromSeconds(10);

    // Where a session is resumed is the address of one server, which may be gone for good.
    private const int MaxResumeAttempts = 3;

    private readonly string _botToken = SecretText.Read(options.Value.BotToken, options.Value.BotTokenFile);
    private readonly IdentifyLimit _identify = new(time);
    private GatewaySession? _session;
    private int _failures;
    private int _resumeFailures;
    private volatile bool _isConnected;

    /// <summary>Whether Discord sends interactions.</summary>
    public bool IsConnected => _isConnected;

    /// <summary>A number from 0 to 1, for pauses that are not the same everywhere.</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;

    public void Connected(bool isResumed)
    {
        _isConnected = true;
        instruments.Connected(isResumed);
        if (isResumed)
            Resumed();
        else
            Identified();
    }

    public void Received(Interaction interaction) => answers.Start(interaction);

    public void NotUnderstood(Exception exception) => NotReadable(exception);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var begin = time.GetTimestamp();
            var ended = await ConnectAsync(stoppingToken);
            var wasConnected = _isConnected;
            _isConnected = false;
            instruments.Disconnected();
            if (ended.Remedy is { } remedy)
            {
                fatal.StopService(remedy);
                return;
            }

            // An attempt to connect may take long, too.
            _failures = wasConnected && time.GetElapsedTime(begin) >= Stable ? 0 : _failures + 1;
            _resumeFailures = wasConnected || _session is null ? 0 : _resumeFailures + 1;
            if (!ended.KeepsSession || _resumeFailures >= MaxResumeAttempts)
                _session = null;
            Lost(ended.Reason.TrimEnd('.'), _session is not null);
            await Task.Delay(PauseAfter(ended), time, stoppingToken);
        }
    }

    private TimeSpan PauseAfter(GatewayEnd ended)
    {
        if (ended.IsInvalidSession)
            return TimeSpan.FromSeconds(1 + 4 * Random());
        var pause = _failures == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Pow(2, Math.Min(_failures, 10) - 1));
        return (pause < LongestPause ? pause : LongestPause) * Random();
    }

    private async Task<GatewayEnd> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new ClientWebSocket();
            var address = _session?.Address ?? await AddressForNewSessionAsync(cancellationToken);
            using var timeout = new CancellationTokenSource(ConnectTimeout, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            await client.ConnectAsync(new Uri(address, Query), both.Token);
            if (_session is null)
                _identify.Used();
            using var socket = new GatewaySocket(client);
            var conversation = new GatewayConversation(socket, _session, _botToken, this, time, Random);
            var ended = await conversation.RunAsync(cancellationToken);
            _session = conversation.Session;
            return ended;
        }
        catch (DiscordRestException refused) when (refused.Status == HttpStatusCode.Unauthorized)
        {
            return GatewayEnd.TokenRefused;
        }
        catch (Exception exception)
            when (exception is WebSocketException or DiscordRestException or OperationCanceledException
                && !cancellationToken.IsCancellationRequested
            )
        {
            return new GatewayEnd($"No connection: {exception.Message}", KeepsSession: true);
        }
    }

    private async Task<Uri> AddressForNewSessionAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var address = await rest.GetGatewayAsync(cancellationToken);
            var wait = _identify.WaitFor(address.SessionStartLimit);
            if (wait == TimeSpan.Zero)
                return Uri.TryCreate(address.Url, UriKind.Absolute, out var url)
                    ? url
                    : throw new DiscordRestException(null, 0, "Discord did not say where its gateway is.");
            if (address.SessionStartLimit.Remaining <= 0)
                NoSessionsLeft(wait);
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    [LoggerMessage(530, LogLevel.Information, "Connected to Discord's gateway with a new session")]
    private partial void Identified();

    [LoggerMessage(531, LogLevel.Information, "Connected to Discord's gateway again; the session goes on")]
    private partial void Resumed();

    [LoggerMessage(532, LogLevel.Warning, "The connection to Discord's gateway is lost: {Reason}. The session can be resumed: {IsKept}")]
    private partial void Lost(string reason, bool isKept);

    [LoggerMessage(533, LogLevel.Error, "Discord allows no new session for {Wait}: too many were begun within a day")]
    private partial void NoSessionsLeft(TimeSpan wait);

    [LoggerMessage(534, LogLevel.Error, "An interaction from Discord cannot be read")]
    private partial void NotReadable(Exception exception);
}
