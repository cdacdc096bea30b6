using CodeInterpreter.Client;
using CodeInterpreter.Discord.Bot.Attachments;
using CodeInterpreter.Discord.Bot.Interpreters;
using CodeInterpreter.Discord.Bot.Rendering;
using CodeInterpreter.Discord.Bot.Requests;
using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Rest;

namespace CodeInterpreter.Discord.Bot.Answers;

/// <summary>
/// Gives a pending answer: prepares the inputs, runs the code, sends the result. Each step may be repeated, also by another process, and
/// the code still runs once.
/// </summary>
internal sealed partial class AnswerWorker(
    InputPreparer inputs,
    IInterpreter interpreter,
    LiveAnswer live,
    AnswerSender sender,
    IRequestStore store,
    ActiveAnswers active,
    TimeProvider time,
    ILogger<AnswerWorker> logger
)
{
    // For cancelling, and for sending what there is.
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ReleaseTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Gives the answer. One that cannot be given now stays pending, and is taken up when its lease has expired.</summary>
    public async Task AnswerAsync(StoredRequest request, CancellationToken stopping)
    {
        if (request.Answer is not { } answer || !active.TryBegin(request.Id))
            return;
        try
        {
            if (await TryAsync(request, answer, stopping))
                await store.FinishAsync(request.Id, active.Owner, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await TryReleaseAsync(request.Id);
        }
        catch (StoreUnavailableException exception)
        {
            StoreFailed(logger, exception);
        }
        finally
        {
            active.End(request.Id);
        }
    }

    /// <returns>Whether the answer is given, or will never be.</returns>
    private async Task<bool> TryAsync(StoredRequest request, PendingAnswer answer, CancellationToken stopping)
    {
        var token = new InteractionToken(answer.ApplicationId, answer.Token);
        try
        {
            return await GiveAsync(request, token, stopping);
        }
        catch (DiscordRestException exception) when (exception.IsTransient)
        {
            Postponed(logger, exception);
            return false;
        }
        catch (DiscordRestException exception)
        {
            Refused(logger, (int)exception.Status!, exception.Code);
            return exception.IsGone || await TrySendAsync(request, token, FailureText.NotSent, stopping);
        }
    }

    /// <returns>Whether the answer is given.</returns>
    private async Task<bool> GiveAsync(StoredRequest request, InteractionToken token, CancellationToken stopping)
    {
        using var late = new CancellationTokenSource(TimeLeft(request), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, late.Token);
        try
        {
            request = await SubmittedAsync(request, either.Token);
            var result = await live.FollowAsync(request, request.ExecutionId!, either.Token);
            await SendAsync(request, result, stopping);
        }
        catch (AttachmentException exception)
        {
            await SendAsync(request, token, $"⚠️ {exception.Message}", stopping);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            await TryCancelAsync(request, stopping);
            await SendAsync(request, token, FailureText.TooLate, stopping);
        }
        catch (CodeInterpreterException exception) when (exception.IsTransient && request.ExecutionId is not null)
        {
            // The code runs, and the service has its result when it is back.
            Failed(logger, exception.Reason);
            return false;
        }
        catch (CodeInterpreterException exception)
        {
            Failed(logger, exception.Reason);
            await SendAsync(request, token, FailureText.Of(exception), stopping);
        }

        return true;
    }

    private async Task<StoredRequest> SubmittedAsync(StoredRequest request, CancellationToken cancellationToken)
    {
        if (request.ExecutionId is not null)
            return request;
        var code = await inputs.PrepareAsync(request, cancellationToken);
        var id = await interpreter.SubmitAsync(request.UserId, ToExecution(request.Id, code), cancellationToken);
        var submitted = request with { Code = code, ExecutionId = id };
        await store.UpdateAsync(submitted, active.Owner, cancellationToken);
        return submitted;
    }

    private Task SendAsync(StoredRequest request, ExecutionResult result, CancellationToken stopping) =>
        sender.SendAsync(
            request,
            result,
            sent => store.UpdateAsync(request with { Answer = request.Answer! with { MessagesSent = sent } }, active.Owner, stopping),
            stopping
        );

    // A result that people see already stays, and no text replaces it.
    private Task SendAsync(StoredRequest request, InteractionToken token, string text, CancellationToken stopping) =>
        request.Answer!.MessagesSent > 0 ? Task.CompletedTask : sender.SendAsync(token, text, stopping);

    private TimeSpan TimeLeft(StoredRequest request)
    {
        var left = request.Answer!.ExpiresAt - Reserve - time.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private async Task TryCancelAsync(StoredRequest request, CancellationToken stopping)
    {
        if (request.ExecutionId is not { } execution)
            return;
        using var timeout = new CancellationTokenSource(StopTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, timeout.Token);
        try
        {
            await interpreter.CancelAsync(request.UserId, execution, either.Token);
        }
        catch (Exception exception)
            when (exception is CodeInterpreterException || (exception is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            // It ends at its own limit.
            Failed(logger, (exception as CodeInterpreterException)?.Reason ?? "TIMEOUT");
        }
    }

    // So that another replica, or the next start, goes on at once.
    private async Task TryReleaseAsync(string id)
    {
        using var timeout = new CancellationTokenSource(ReleaseTimeout, time);
        try
        {
            await store.RenewAsync([id], new Lease(active.Owner, time.GetUtcNow()), timeout.Token);
        }
        catch (Exception exception) when (exception is StoreUnavailableException or OperationCanceledException)
        {
            // The lease expires by itself.
            StoreFailed(logger, exception);
        }
    }

    /// <returns>Whether the text is sent, or Discord will never take it.</returns>
    private async Task<bool> TrySendAsync(StoredRequest request, InteractionToken token, string text, CancellationToken stopping)
    {
        try
        {
            await SendAsync(request, token, text, stopping);
            return true;
        }
        catch (DiscordRestException exception)
        {
            Refused(logger, exception.Status is { } status ? (int)status : 0, exception.Code);
            return !exception.IsTransient;
        }
    }

    // One stream, so that output and errors are in the order in which they were written.
    private static ExecutionRequest ToExecution(string key, RequestedCode code) =>
        new(code.Code)
        {
            Stdin = code.Stdin,
            Files = [.. code.Files.Select(file => InputFile.FromStore(file.FileId!, file.Name))],
            MergeOutput = true,
            IdempotencyKey = key,
        };

    [LoggerMessage(551, LogLevel.Warning, "An answer waits, because Discord does not take it at the moment")]
    private static partial void Postponed(ILogger logger, Exception exception);

    [LoggerMessage(552, LogLevel.Warning, "Discord refused an answer: status {Status}, code {Code}")]
    private static partial void Refused(ILogger logger, int status, int code);

    [LoggerMessage(553, LogLevel.Information, "A request was not served: {Reason}")]
    private static partial void Failed(ILogger logger, string reason);

    [LoggerMessage(554, LogLevel.Error, "The database of the requests failed during an answer, which waits")]
    private static partial void StoreFailed(ILogger logger, Exception exception);
}
