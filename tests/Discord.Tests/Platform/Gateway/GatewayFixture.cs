using CodeInterpreter.Discord.Platform.Gateway;
using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Receiving;
using CodeInterpreter.Discord.Platform.Startup;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Discord.Tests.Platform.Gateway;

/// <summary>A bot that connects to a gateway of the test, on a clock of the test.</summary>
internal sealed class GatewayFixture : IHostApplicationLifetime, IAsyncDisposable
{
    private readonly Continuations _continuations = Subject.Continuations();
    private readonly CancellationTokenSource _stopping = new();

    private GatewayFixture(GatewayServer server, Func<Interaction, InteractionAnswer>? answer)
    {
        Server = server;
        Rest.Gateway = () => new() { Url = server.Address };
        Handler = new RecordingHandler(answer);
        Fatal = new FatalError(this, FatalLog);
        var receiver = Subject.Receiver(Handler, Time);
        Connection = new GatewayConnection(
            Rest,
            new GatewayAnswers(receiver, Rest, _continuations, Time, NullLogger<GatewayAnswers>.Instance),
            Subject.Instruments,
            Fatal,
            Subject.Options(),
            Time,
            NullLogger<GatewayConnection>.Instance
        )
        {
            // Pauses with a random part have none, and the first heartbeat is due at once.
            Random = () => 0,
        };
    }

    public GatewayServer Server { get; }

    public RestDouble Rest { get; } = new();

    public RecordingHandler Handler { get; }

    public FakeTimeProvider Time { get; } = new();

    public GatewayConnection Connection { get; }

    public FatalError Fatal { get; }

    public FakeLogger<FatalError> FatalLog { get; } = new();

    public CancellationToken ApplicationStarted => CancellationToken.None;

    public CancellationToken ApplicationStopping => _stopping.Token;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    public static async Task<GatewayFixture> StartAsync(
        Func<Interaction, InteractionAnswer>? answer = null,
        Action<GatewayFixture>? prepare = null
    )
    {
        var fixture = new GatewayFixture(await GatewayServer.StartAsync(), answer);
        prepare?.Invoke(fixture);
        await fixture.Connection.StartAsync(CancellationToken.None);
        return fixture;
    }

    public void StopApplication() => _stopping.Cancel();

    /// <summary>The next connection of the bot, once it has had its hello and its first heartbeat was acknowledged.</summary>
    /// <param name="wait">How long the bot may wait for its next session: less than an attempt to connect may take.</param>
    public async Task<(GatewayPeer Peer, string Introduction)> AcceptAsync(int wait = 10)
    {
        var peer = await NextAsync(wait);
        await peer.HelloAsync();
        var introduction = await peer.ReadTextAsync();
        (await peer.ReadAsync())!.Value.GetProperty("op").GetInt32().ShouldBe(1);
        await peer.AcknowledgeAsync();
        return (peer, introduction);
    }

    /// <summary>The next connection of the bot, which has had no hello.</summary>
    public Task<GatewayPeer> NextAsync(int wait = 10) =>
        AdvanceUntilAsync(Server.AcceptAsync().AsTask(), TimeSpan.FromSeconds(1), steps: wait);

    /// <summary>Moves the clock on, in so many steps, until something has happened.</summary>
    public async Task<T> AdvanceUntilAsync<T>(Task<T> happening, TimeSpan step, int steps)
    {
        for (; steps > 0 && await Task.WhenAny(happening, Task.Delay(5)) != happening; steps--)
            Time.Advance(step);
        return await happening;
    }

    /// <summary>A new session, ready.</summary>
    public async Task<GatewayPeer> AcceptSessionAsync(string id = "s1", int sequence = 1)
    {
        var (peer, introduction) = await AcceptAsync();
        introduction.ShouldContain("\"op\":2");
        await peer.EventAsync(
            "READY",
            $$"""{"v": 10, "session_id": "{{id}}", "resume_gateway_url": "{{Server.Address}}/resume"}""",
            sequence
        );
        return peer;
    }

    public Task StopContinuationsAsync() => _continuations.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Connection.StopAsync(CancellationToken.None);
        await _continuations.StopAsync(CancellationToken.None);
        Connection.Dispose();
        _continuations.Dispose();
        _stopping.Dispose();
        await Server.DisposeAsync();
    }
}
