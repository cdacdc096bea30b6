using CodeInterpreter.Discord.Bot.Answers;
using CodeInterpreter.Discord.Bot.Rendering;
using CodeInterpreter.Discord.Bot.Requests;
using CodeInterpreter.Discord.Platform.Interactions;

namespace CodeInterpreter.Discord.Bot.Commands;

/// <summary>
/// Accepts code to run. It is stored before Discord gets the first answer: what is promised survives a restart, and what Discord delivers
/// twice runs once.
/// </summary>
internal sealed partial class RequestIntake(
    IRequestStore store,
    ActiveAnswers active,
    AnswerWorker worker,
    TimeProvider time,
    ILogger<RequestIntake> logger
)
{
    /// <summary>How long Discord takes answers.</summary>
    public static readonly TimeSpan AnswerTime = TimeSpan.FromMinutes(15);

    /// <summary>The largest file that Discord takes where it does not say it: 10 MiB.</summary>
    public const long DefaultMaxFileBytes = 10 * 1024 * 1024;

    // Discord waits three seconds.
    private static readonly TimeSpan StoreTimeout = TimeSpan.FromSeconds(1.5);

    /// <summary>Accepts code of the one who did this.</summary>
    public async ValueTask<InteractionAnswer> AcceptAsync(Interaction interaction, RequestedCode code, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var answer = new PendingAnswer
        {
            ApplicationId = interaction.ApplicationId,
            Token = interaction.Token,
            ExpiresAt = now + AnswerTime,
            MaxFileBytes = interaction.AttachmentSizeLimit ?? DefaultMaxFileBytes,
        };
        var request = ToRequest(interaction, code, now) with { Answer = answer };
        var deferred = InteractionResponse.DeferredMessage(code.IsPrivate);
        return await TryAddAsync(request, cancellationToken) switch
        {
            Addition.Added => new InteractionAnswer(deferred, stopping => worker.AnswerAsync(request, stopping)),
            Addition.Known => deferred,
            Addition.UserBusy => InteractionResponse.Private(FailureText.Busy),
            _ => InteractionResponse.Private(FailureText.StoreUnavailable),
        };
    }

    /// <summary>Remembers what was given with a command, until the modal that it opens brings the code.</summary>
    /// <returns>Whether it is remembered.</returns>
    public async ValueTask<bool> TryRememberAsync(Interaction interaction, RequestedCode code, CancellationToken cancellationToken) =>
        await TryAddAsync(ToRequest(interaction, code, time.GetUtcNow()), cancellationToken) is not null;

    /// <summary>The remembered request of that id; null where it is too old, or the database does not answer.</summary>
    public async ValueTask<StoredRequest?> FindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            using var timeout = new CancellationTokenSource(StoreTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            return await store.FindAsync(id, either.Token);
        }
        catch (Exception exception) when (IsOutage(exception, cancellationToken))
        {
            StoreFailed(logger, exception);
            return null;
        }
    }

    /// <returns>What came of it; null where the database does not answer.</returns>
    private async Task<Addition?> TryAddAsync(StoredRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var timeout = new CancellationTokenSource(StoreTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            return await store.AddAsync(request, active.NewLease(), time.GetUtcNow(), either.Token);
        }
        catch (Exception exception) when (IsOutage(exception, cancellationToken))
        {
            StoreFailed(logger, exception);
            return null;
        }
    }

    private static bool IsOutage(Exception exception, CancellationToken cancellationToken) =>
        exception is StoreUnavailableException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static StoredRequest ToRequest(Interaction interaction, RequestedCode code, DateTimeOffset now) =>
        new()
        {
            Id = interaction.Id,
            UserId = interaction.Invoker!.Id,
            ReceivedAt = now,
            Code = code,
        };

    [LoggerMessage(558, LogLevel.Error, "A request was not taken, because the database of the requests failed")]
    private static partial void StoreFailed(ILogger logger, Exception exception);
}
