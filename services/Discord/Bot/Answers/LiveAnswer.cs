using CodeInterpreter.Client;
using CodeInterpreter.Discord.Bot.Interpreters;
using CodeInterpreter.Discord.Bot.Requests;
using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Messages;
using CodeInterpreter.Discord.Platform.Rest;

namespace CodeInterpreter.Discord.Bot.Answers;

/// <summary>Follows an execution to its result, and shows meanwhile in the answer how far it is.</summary>
internal sealed partial class LiveAnswer(IInterpreter interpreter, IDiscordRest discord, TimeProvider time, ILogger<LiveAnswer> logger)
{
    /// <summary>The least time between two edits.</summary>
    public static readonly TimeSpan EditInterval = TimeSpan.FromSeconds(2);

    public async Task<ExecutionResult> FollowAsync(StoredRequest request, string executionId, CancellationToken cancellationToken)
    {
        var progress = new LiveProgress();
        using var finished = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Once a message of the result is sent, the first answer shows it.
        var edits =
            request.Answer!.MessagesSent > 0 ? Task.CompletedTask : EditAsync(request.Answer, progress, finished.Token, cancellationToken);
        try
        {
            await foreach (var happened in interpreter.FollowAsync(request.UserId, executionId, cancellationToken))
            {
                progress.Apply(happened);
                if (happened is ExecutionEvent.Finished { Result: var result })
                    return result;
            }

            throw new CodeInterpreterException(ErrorReasons.Unavailable, "The events of the execution ended before its result.");
        }
        finally
        {
            // An edit that is under way must arrive before the next one.
            await finished.CancelAsync();
            await edits;
        }
    }

    private async Task EditAsync(
        PendingAnswer answer,
        LiveProgress progress,
        CancellationToken finished,
        CancellationToken cancellationToken
    )
    {
        var shown = "";
        using var timer = new PeriodicTimer(EditInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(finished))
            {
                if (progress.Text is var text && text == shown)
                    continue;
                shown = text;
                await discord.EditOriginalAsync(
                    new InteractionToken(answer.ApplicationId, answer.Token),
                    new MessageBody { Content = text },
                    [],
                    cancellationToken
                );
            }
        }
        catch (OperationCanceledException)
        {
            // Finished, or the service stops.
        }
        catch (DiscordRestException exception)
        {
            // The result is sent in any case.
            EditFailed(logger, exception.Status is { } status ? (int)status : 0, exception.Code);
        }
    }

    [LoggerMessage(550, LogLevel.Information, "Discord did not take an edit with live output: status {Status}, code {Code}")]
    private static partial void EditFailed(ILogger logger, int status, int code);
}
