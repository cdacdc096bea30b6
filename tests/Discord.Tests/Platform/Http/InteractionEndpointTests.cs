using System.Globalization;
using System.Text;
using CodeInterpreter.Discord.Platform.Http;
using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Receiving;
using CodeInterpreter.Discord.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Discord.Tests.Platform.Http;

public sealed class InteractionEndpointTests : IDisposable
{
    private const string Ping = """{"id": "1", "application_id": "2", "type": 1, "version": 1, "token": "t"}""";
    private const string Command =
        """{"id": "1", "application_id": "2", "type": 2, "guild_id": "3", "token": "t", "data": {"name": "run"}}""";

    private readonly Signer _signer = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_796_000_000));
    private readonly RecordingHandler _handler = new();
    private readonly Continuations _continuations = Subject.Continuations();

    public void Dispose()
    {
        _signer.Dispose();
        _continuations.Dispose();
    }

    [Fact]
    public async Task APing_IsAnswered()
    {
        var response = await PostAsync(Ping);

        response.StatusCode.ShouldBe(200);
        response.ContentType.ShouldBe("application/json");
        BodyOf(response).ShouldBe("""{"type":1}""");
        _handler.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task ACommand_GetsTheAnswerOfTheBot_InTheResponse()
    {
        var response = await PostAsync(Command);

        response.StatusCode.ShouldBe(200);
        BodyOf(response).ShouldBe("""{"type":4,"data":{"content":"done","flags":64,"allowed_mentions":{"parse":[]}}}""");
        _handler.Received.ShouldHaveSingleItem().Data!.Name.ShouldBe("run");
    }

    [Fact]
    public async Task TheContinuation_StartsAfterTheAnswer()
    {
        HttpResponse? sent = null;
        var started = new TaskCompletionSource<string>();
        var handler = new RecordingHandler(_ => new InteractionAnswer(
            InteractionResponse.DeferredMessage(ephemeral: false),
            _ =>
            {
                started.SetResult(BodyOf(sent!));
                return Task.CompletedTask;
            }
        ));

        await PostAsync(Command, prepare: context => sent = context.Response, handler: handler);

        (await started.Task).ShouldBe("""{"type":5}""");
    }

    [Fact]
    public async Task AnAlteredBody_IsRefused() => await ExpectRefusalAsync(sent: Command.Replace("run", "ran", StringComparison.Ordinal));

    [Fact]
    public async Task AnAlteredTimestamp_IsRefused() =>
        await ExpectRefusalAsync(prepare: context => context.Request.Headers["X-Signature-Timestamp"] = Now(seconds: 1));

    [Theory]
    [InlineData("X-Signature-Ed25519")]
    [InlineData("X-Signature-Timestamp")]
    public async Task AMissingHeader_IsRefused(string header) =>
        await ExpectRefusalAsync(prepare: context => context.Request.Headers.Remove(header));

    [Fact]
    public async Task ASignature_OfAnotherKey_IsRefused()
    {
        using var other = new Signer();

        await ExpectRefusalAsync(key: other.PublicKey);
    }

    [Fact]
    public async Task ASignature_With127Digits_IsRefused() =>
        await ExpectRefusalAsync(prepare: context =>
            context.Request.Headers["X-Signature-Ed25519"] = context.Request.Headers["X-Signature-Ed25519"].ToString()[..127]
        );

    [Fact]
    public async Task ASignature_InUpperCase_IsAccepted() =>
        (
            await PostAsync(
                Ping,
                prepare: context =>
                    context.Request.Headers["X-Signature-Ed25519"] = context
                        .Request.Headers["X-Signature-Ed25519"]
                        .ToString()
                        .ToUpperInvariant()
            )
        ).StatusCode.ShouldBe(200);

    [Fact]
    public async Task AByteOrderMark_ThatWasNotSigned_IsRefused_AndOneThatWas_IsSkipped()
    {
        await ExpectRefusalAsync(sent: "\ufeff" + Command);
        (await PostAsync("\ufeff" + Ping)).StatusCode.ShouldBe(200);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"type": 2}""")]
    public async Task ASignedBody_ThatIsNoInteraction_IsABadRequest(string body) => (await PostAsync(body)).StatusCode.ShouldBe(400);

    [Fact]
    public async Task AnEmptyBody_WithoutItsSignature_IsRefused() => await ExpectRefusalAsync(sent: "");

    [Theory]
    [InlineData(-301, 401)]
    [InlineData(-300, 200)]
    [InlineData(300, 200)]
    [InlineData(301, 401)]
    public async Task ATimestamp_MoreThanFiveMinutesFromNow_IsRefused(int seconds, int status) =>
        (await PostAsync(Ping, timestamp: Now(seconds))).StatusCode.ShouldBe(status);

    [Theory]
    [InlineData(0, 400)]
    [InlineData(1, 413)]
    public async Task ABody_OfMoreThan1MiB_IsTooLarge(int more, int status) =>
        (await PostAsync(new string(' ', SignedBody.MaxBodyBytes + more))).StatusCode.ShouldBe(status);

    [Fact]
    public async Task WithoutAKey_NothingIsAccepted() => (await PostAsync(Ping, key: "")).StatusCode.ShouldBe(503);

    private async Task ExpectRefusalAsync(string? sent = null, Action<HttpContext>? prepare = null, string? key = null)
    {
        var response = await PostAsync(Command, sent: sent, prepare: prepare, key: key);

        response.StatusCode.ShouldBe(401);
        BodyOf(response).ShouldBeEmpty();
        _handler.Received.ShouldBeEmpty();
    }

    /// <summary>Signs a body and sends it, or another one.</summary>
    private async Task<HttpResponse> PostAsync(
        string body,
        string? sent = null,
        Action<HttpContext>? prepare = null,
        string? key = null,
        string? timestamp = null,
        IInteractionHandler? handler = null
    )
    {
        timestamp ??= Now();
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(sent ?? body));
        context.Request.Headers["X-Signature-Ed25519"] = _signer.Sign(timestamp, Encoding.UTF8.GetBytes(body));
        context.Request.Headers["X-Signature-Timestamp"] = timestamp;
        prepare?.Invoke(context);
        var options = Subject.Options(options =>
        {
            options.Connection = DiscordConnection.Http;
            options.PublicKey = key ?? _signer.PublicKey;
        });
        var endpoint = new InteractionEndpoint(
            new PublicKeySource(options),
            Subject.Receiver(handler ?? _handler, _time),
            _continuations,
            options,
            _time
        );

        await endpoint.HandleAsync(context);

        return context.Response;
    }

    private string Now(int seconds = 0) => (_time.GetUtcNow().ToUnixTimeSeconds() + seconds).ToString(CultureInfo.InvariantCulture);

    private static string BodyOf(HttpResponse response) => Encoding.UTF8.GetString(((MemoryStream)response.Body).ToArray());
}
