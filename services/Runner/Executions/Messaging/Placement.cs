using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Executions.Sharing;
using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Runner.Executions.Messaging;

/// <summary>Gives each execution that comes a slot, or moves it to the deferred queue where its user has as many as is fair.</summary>
internal sealed partial class Placement(
    FairShare slots,
    UsersInLine inLine,
    RunningExecutions executions,
    RoomReports reports,
    ExecutionInstruments instruments,
    TimeProvider time,
    ILogger<Placement> logger
)
{
    /// <summary>The slot of the execution; null when it has been deferred, and this delivery is done with.</summary>
    public async Task<Place?> TryPlaceAsync(ConsumeContext<ExecuteCode> context, Delivery delivery)
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
        return new Place(() =>
        {
            slots.Release(command.UserId);
            reports.Changed();
        });
    }

    // What was begun goes on; what is not to be started is answered at once and takes no sandbox.
    private bool MayNotWait(ExecuteCode command, Delivery delivery) =>
        delivery.Attempt > 0 || GivenUpAt(command) <= time.GetUtcNow() || executions.IsCancelled(command);

    private static DateTimeOffset GivenUpAt(ExecuteCode command) => (command.StartBy ?? command.Deadline) + ExecuteCode.ClockTolerance;

    private bool IsBehindOthers(ExecuteCode command, Delivery delivery) => !delivery.IsOffered && inLine.Contains(command.UserId);

    private async Task<bool> TryDeferAsync(ConsumeContext<ExecuteCode> context)
    {
        var command = context.Message;
        inLine.Expect(command.UserId);
        var routingKey = command.Seal is null ? DeferredExecutions.Unsealed : DeferredExecutions.Sealed;
        var isMoved = await context.TryMoveAsync(
            DeferredExecutions.Queue,
            routingKey,
            new Dictionary<string, object>
            {
                [DeferredExecutions.ExecutionId] = command.ExecutionId,
                [DeferredExecutions.UserId] = command.UserId,
                [DeferredExecutions.AcceptedAt] = command.AcceptedAt.ToUnixTimeMilliseconds(),
                [DeferredExecutions.StartBy] = GivenUpAt(command).ToUnixTimeMilliseconds(),
            }
        );
        if (!isMoved)
        {
            // No gateway has ever been there to make the queue, it is full, or it takes sealed commands only: an unfair share is better than none.
            NotDeferred();
            return false;
        }

        Deferred();
        instruments.Deferred();
        reports.Changed();
        return true;
    }

    [LoggerMessage(67, LogLevel.Debug, "The execution waits, as its user has as many here as is fair")]
    private partial void Deferred();

    [LoggerMessage(68, LogLevel.Warning, "The execution could not be deferred, and is run although its user has as many here as is fair")]
    private partial void NotDeferred();

    /// <summary>The slot of one execution, until it is disposed.</summary>
    internal sealed class Place(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}
