using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Messages;
using CodeInterpreter.Discord.Platform.Rest;
using Microsoft.Extensions.Logging.Abstractions;

namespace CodeInterpreter.Discord.Tests.Platform.Rest;

/// <summary>The client of the API, with a scripted Discord behind it and a clock that jumps.</summary>
internal sealed class RestFixture : IDisposable
{
    private readonly HttpClient _http;

    public RestFixture()
    {
        Discord = new ScriptedDiscord(Time);
        _http = new HttpClient(Discord);
        Limits = new RateLimits(Time);
        Invalid = new InvalidAnswers(Time);
        var sender = new RestSender(_http, Limits, Invalid, Subject.Instruments, Subject.Options(), Time, NullLogger<RestSender>.Instance)
        {
            TimeoutOf = body => TimeoutOf(body),
        };
        Rest = new DiscordRest(sender);
    }

    public static InteractionToken Token { get; } = new("2", "token");

    public static MessageBody Hi { get; } = new() { Content = "hi" };

    public JumpingTime Time { get; } = new();

    public ScriptedDiscord Discord { get; }

    public Func<HttpContent?, TimeSpan> TimeoutOf { get; set; } = AttemptTimeout.Of;

    public RateLimits Limits { get; }

    public InvalidAnswers Invalid { get; }

    public DiscordRest Rest { get; }

    public IEnumerable<double> CallTimes => Discord.Calls.Select(call => call.Seconds);

    public Task<Message> EditAsync(InteractionToken? token = null, params IReadOnlyList<FilePart> files) =>
        Rest.EditOriginalAsync(token ?? Token, Hi, files, CancellationToken.None);

    public Task<Message> FollowUpAsync(InteractionToken? token = null) =>
        Rest.FollowUpAsync(token ?? Token, Hi, [], CancellationToken.None);

    public void Dispose() => _http.Dispose();
}
