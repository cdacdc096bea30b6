using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Executions.Sharing;
using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Runner.Executions.Messaging;

/// <summary>Gives each delivered execution a slot, or moves it to the deferred queue when its user already has a fair share.</summary>
internal sealed partial class SlotAllocator(
    FairShare slots,
    WaitingUsers waitingUsers,
    ActiveExecutions executions,
    CapacityReports reports,
    ExecutionInstruments instruments,
    TimeProvider time,
    ILogger<SlotAllocator> logger
)
{
    /// <summary>The slot of the execution; null when it has been deferred, and this delivery needs nothing more.</summary>
    public async Task<SlotLease?> TryAllocateAsync(ConsumeContext<ExecuteCode> context, DeliveryAttempt delivery)
    {
        var command = context.Message;
        if (MayNotWait(command, delivery))
            slots.Take(command.UserId);
        else if (IsBehindOthers(command, delivery) || !slots.TryTake(command.UserId))
        {
            if (await TryDeferAsync(context))
                return null;
            slots.Take(command.UserId);
        }

        if (delivery.IsOffered)
            reports.Taken(command.ExecutionId);
        return new SlotLease(() =>
        {
            slots.Release(command.UserId);
            reports.Changed();
        });
    }

    // An execution that was started before continues; one that must not start gets its result at once and takes no sandbox.
    private bool MayNotWait(ExecuteCode command, DeliveryAttempt delivery) =>
        delivery.Attempt > 0 || GivenUpAt(command) <= time.GetUtcNow() || executions.IsCancelled(command);

    private static DateTimeOffset GivenUpAt(ExecuteCode command) => (command.StartBy ?? command.Deadline) + ExecuteCode.ClockTolerance;

    private bool IsBehindOthers(ExecuteCode command, DeliveryAttempt delivery) =>
        !delivery.IsOffered && waitingUsers.Contains(command.UserId);

    private async Task<bool> TryDeferAsync(ConsumeContext<ExecuteCode> context)
    {
        var command = context.Message;
        waitingUsers.Expect(command.UserId);
        var routingKey = context.HasHeader(DeferredExecutions.Seal) ? DeferredExecutions.Sealed : DeferredExecutions.Unsealed;
        var isMoved = await context.TryMoveAsync(
            DeferredExecutions.Queue,
            routingKey,
            new Dictionary<string, object>
            {
                [DeferredExecutions.ExecutionId] = command.ExecutionId,
                [DeferredExecutions.UserId] = command.UserId,
                [DeferredExecutions.AcceptedAt] = command.AcceptedAt.ToUnixTimeMilliseconds(),
                [DeferredExecutions.StartBy] = GivenUpAt(command).ToUnixTimeMilliseconds(),
            },
            time
        );
        if (!isMoved)
        {
            // No gateway has declared the queue yet, it is full, or it takes sealed commands only: an unfair share is better than none.
            NotDeferred();
            return false;
        }

        Deferred();
        instruments.Deferred();
        reports.Changed();
        return true;
    }

    [LoggerMessage(67, LogLevel.Debug, "The execution was deferred, because its user already has a fair share of this runner")]
    private partial void Deferred();

    [LoggerMessage(
        68,
        LogLevel.Warning,
        "The execution could not be deferred, and runs although its user already has a fair share of this runner"
    )]
    private partial void NotDeferred();

    /// <summary>The slot of one execution, until it is disposed.</summary>
    internal sealed class SlotLease(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}
