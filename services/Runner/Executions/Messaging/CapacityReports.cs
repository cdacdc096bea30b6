using System.Collections.Concurrent;
using System.Threading.Channels;
using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Executions.Sharing;
using CodeInterpreter.Runner.Settings;
using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Executions.Messaging;

/// <summary>
/// Publishes for which users' deferred executions this runner has free slots, when that changes and every <see cref="Interval"/>.
/// </summary>
internal sealed partial class CapacityReports(
    FairShare slots,
    WaitingUsers waitingUsers,
    IBus bus,
    IOptions<RunnerOptions> options,
    TimeProvider time,
    ILogger<CapacityReports> logger
) : BackgroundService
{
    /// <summary>The interval at which free slots are published again, for executions that were offered to another runner.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<string> _taken = new();

    // One more report covers everything that changes while one is being published.
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    /// <summary>A deferred execution has got its slot.</summary>
    public void Taken(string executionId)
    {
        _taken.Enqueue(executionId);
        Changed();
    }

    /// <summary>A slot is free again, or the waiting users have changed.</summary>
    public void Changed() => _changes.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var (tick, change) = (NextTickAsync(), NextChangeAsync());
        while (true)
        {
            await await Task.WhenAny(tick, change);
            if (tick.IsCompleted)
                tick = NextTickAsync();
            if (change.IsCompleted)
                change = NextChangeAsync();
            await TryReportAsync(stoppingToken);
        }

        Task<bool> NextTickAsync() => timer.WaitForNextTickAsync(stoppingToken).AsTask();
        Task<bool> NextChangeAsync() => _changes.Reader.ReadAsync(stoppingToken).AsTask();
    }

    private async Task TryReportAsync(CancellationToken cancellationToken)
    {
        List<string> taken = [];
        while (_taken.TryDequeue(out var executionId))
            taken.Add(executionId);
        var (userIds, count) = slots.CapacityFor(waitingUsers.All);
        if (taken.Count == 0 && count == 0)
            return;

        try
        {
            await bus.PublishRepeatedAsync(
                new RoomForDeferred
                {
                    RunnerId = options.Value.Id,
                    TakenExecutionIds = taken,
                    UserIds = userIds,
                    Count = count,
                },
                time,
                cancellationToken
            );
        }
        catch (MassTransitException exception)
        {
            // The next report has the free slots, and gateways assume after a while that the executions were taken.
            NotReported(exception);
        }
    }

    [LoggerMessage(66, LogLevel.Warning, "The free slots for deferred executions could not be published")]
    private partial void NotReported(Exception exception);
}
