using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Files;
using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Executions.Messaging;

/// <summary>Runs one command and tells everybody how it went: those who subscribe, and the one who asked.</summary>
internal sealed partial class ExecuteCodeConsumer(
    Placement placement,
    CodeExecutor executor,
    ExecutionLedger ledger,
    RunningExecutions executions,
    Harvester harvester,
    RunnerAddress address,
    LargeResults largeResults,
    IRequestClient<ExecutionInquiry> gateways,
    IOptions<RunnerOptions> options,
    TimeProvider time,
    ILogger<ExecuteCodeConsumer> logger
) : IConsumer<ExecuteCode>
{
    /// <summary>Pauses between the attempts when infrastructure is away.</summary>
    public static readonly TimeSpan[] RetryIntervals =
    [
        TimeSpan.FromMilliseconds(200),
        TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(4),
        TimeSpan.FromSeconds(10),
        TimeSpan.FromSeconds(20),
    ];

    private static readonly Func<ILogger, string, IDisposable?> ExecutionScope = LoggerMessage.DefineScope<string>(
        "execution {ExecutionId}"
    );

    public async Task Consume(ConsumeContext<ExecuteCode> context)
    {
        using var scope = ExecutionScope(logger, context.Message.ExecutionId);
        var delivery = new Delivery(context, gateways, logger);
        using var place = await placement.TryPlaceAsync(context, delivery);
        if (place is null)
            return;

        var sequence = new EventSequence(delivery.Attempt);
        var result = await ExecuteAsync(context, delivery, sequence);
        if (result is null)
        {
            AlreadyTold();
            return;
        }

        // With the connection that brought it the execution is lost, too: who is given it now tells how it went.
        context.CancellationToken.ThrowIfCancellationRequested();
        using var telling = await largeResults.EnterAsync(result, context.CancellationToken);
        await context.AnnounceAsync(
            new ExecutionFinished
            {
                ExecutionId = context.Message.ExecutionId,
                UserId = context.Message.UserId,
                Proof = context.Message.Proof,
                RunnerId = options.Value.Id,
                Sequence = sequence.Next(),
                FinishedAt = time.GetUtcNow(),
                Result = result,
            }
        );
        Finished(result.Outcome, result.Usage.WallSeconds, result.GeneratedFiles.Count);
    }

    private async Task<Contracts.ExecutionResult?> ExecuteAsync(
        ConsumeContext<ExecuteCode> context,
        Delivery delivery,
        EventSequence sequence
    )
    {
        try
        {
            await delivery.ThrowIfOverAsync(context.CancellationToken);
            return await ledger.GetOrRunAsync(context.Message.ExecutionId, () => RunAsync(context, delivery, sequence));
        }
        catch (ExecutionOverException)
        {
            return null;
        }
        catch (Exception exception)
            when (context.GetRetryAttempt() >= RetryIntervals.Length && !context.CancellationToken.IsCancellationRequested)
        {
            GaveUp(exception);
            return new Contracts.ExecutionResult
            {
                Outcome = Outcome.SandboxFailed,
                KilledBy = KilledBy.Runner,
                Message = "The runner could not run the code: what it needs for that is not available. Try again later.",
            };
        }
    }

    private async Task<Contracts.ExecutionResult> RunAsync(ConsumeContext<ExecuteCode> context, Delivery delivery, EventSequence sequence)
    {
        var command = context.Message;
        var isRepeated = delivery.Attempt > 0;
        await using var events = new ExecutionEvents(context, HarvestingAsync, sequence, options.Value.Id, address.Value, time, logger);
        var control = executions.Begin(command, delivery.IsRedelivered);
        try
        {
            var result = await executor.ExecuteAsync(
                // It was taken up in time, and who began it has lost it.
                isRepeated ? command with { StartBy = null } : command,
                control,
                events,
                context.CancellationToken
            );
            // Once more in the end, as a runner that was lost may have gone on.
            if (isRepeated)
                await harvester.RemoveOthersAsync(command, result.GeneratedFiles, context.CancellationToken);
            return result with { StartedAt = events.StartedAt };
        }
        finally
        {
            executions.End(command);
        }

        // An earlier attempt, here or on a runner that was lost, may have stored files that this one will not write. They are
        // in its way: what an execution may store is limited.
        async Task HarvestingAsync(CancellationToken cancellationToken)
        {
            await delivery.ThrowIfOverAsync(cancellationToken);
            if (isRepeated)
                await harvester.RemoveOthersAsync(command, [], cancellationToken);
        }
    }

    [LoggerMessage(60, LogLevel.Information, "{Outcome} after {WallSeconds:0.000} s with {Files} files")]
    private partial void Finished(Outcome outcome, double wallSeconds, int files);

    [LoggerMessage(63, LogLevel.Information, "The execution was delivered again, and has its result already")]
    private partial void AlreadyTold();

    [LoggerMessage(61, LogLevel.Error, "The execution was given up")]
    private partial void GaveUp(Exception exception);
}
