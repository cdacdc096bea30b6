using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Files;
using CodeInterpreter.Runner.Settings;
using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Executions.Messaging;

/// <summary>Runs one command, replies to its sender, and publishes the result.</summary>
internal sealed partial class ExecuteCodeConsumer(
    SlotAllocator slots,
    ExecutionPipeline pipeline,
    ExecutionDeduplicator deduplicator,
    ActiveExecutions executions,
    OutputStore outputs,
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
        var delivery = new DeliveryAttempt(context, gateways, time, logger);
        using var slot = await slots.TryAllocateAsync(context, delivery);
        if (slot is null)
            return;

        var sequence = new EventSequence(delivery.Attempt);
        var result = await ExecuteAsync(context, delivery, sequence);
        if (result is null)
        {
            AlreadyTold();
            return;
        }

        // When the connection is lost, the broker redelivers the execution; that delivery reports the result.
        context.CancellationToken.ThrowIfCancellationRequested();
        using var telling = await largeResults.EnterAsync(result, context.CancellationToken);
        // Until it is confirmed, because it would cost another run to produce it again. Gateways ignore a second copy.
        await context.AnnounceUntilConfirmedAsync(
            new ExecutionFinished
            {
                ExecutionId = context.Message.ExecutionId,
                UserId = context.Message.UserId,
                Proof = context.Message.Proof,
                RunnerId = options.Value.Id,
                Sequence = sequence.Next(),
                FinishedAt = time.GetUtcNow(),
                Result = result,
            },
            time,
            NotConfirmed
        );
        Finished(result.Outcome, result.Usage.WallSeconds, result.GeneratedFiles.Count);
    }

    private async Task<Contracts.ExecutionResult?> ExecuteAsync(
        ConsumeContext<ExecuteCode> context,
        DeliveryAttempt delivery,
        EventSequence sequence
    )
    {
        try
        {
            await delivery.ThrowIfFinishedAsync(context.CancellationToken);
            return await deduplicator.GetOrRunAsync(context.Message.ExecutionId, () => RunAsync(context, delivery, sequence));
        }
        catch (ExecutionFinishedException)
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
                Message = "The runner could not run the code because a service that it needs is not available. Try again later.",
            };
        }
    }

    private async Task<Contracts.ExecutionResult> RunAsync(
        ConsumeContext<ExecuteCode> context,
        DeliveryAttempt delivery,
        EventSequence sequence
    )
    {
        var command = context.Message;
        var isRepeated = delivery.Attempt > 0;
        await using var events = new ExecutionEvents(context, HarvestingAsync, sequence, options.Value.Id, address.Value, time, logger);
        var control = executions.Begin(command, delivery.IsRedelivered);
        try
        {
            var result = await pipeline.ExecuteAsync(
                // It was started in time by a runner that was lost.
                isRepeated ? command with { StartBy = null } : command,
                control,
                events,
                context.CancellationToken
            );
            // Again at the end, because a lost runner may have continued.
            if (isRepeated)
                await outputs.RemoveOthersAsync(command, result.GeneratedFiles, context.CancellationToken);
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
            await delivery.ThrowIfFinishedAsync(cancellationToken);
            if (isRepeated)
                await outputs.RemoveOthersAsync(command, [], cancellationToken);
        }
    }

    [LoggerMessage(60, LogLevel.Information, "{Outcome} after {WallSeconds:0.000} s with {Files} files")]
    private partial void Finished(Outcome outcome, double wallSeconds, int files);

    [LoggerMessage(63, LogLevel.Information, "The execution was redelivered, and has a result already")]
    private partial void AlreadyTold();

    [LoggerMessage(69, LogLevel.Warning, "The broker did not confirm the result; it is published again")]
    private partial void NotConfirmed(Exception exception);

    [LoggerMessage(61, LogLevel.Error, "The execution was given up")]
    private partial void GaveUp(Exception exception);
}
