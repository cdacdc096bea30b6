using System.Collections.Concurrent;
using System.Threading.Channels;
using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Executions.Sharing;
using MassTransit;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Executions.Messaging;

/// <summary>Tells the gateways for whose deferred executions there is room here, when that changes and every <see cref="Interval"/>.</summary>
internal sealed partial class RoomReports(
    FairShare slots,
    UsersInLine inLine,
    IBus bus,
    IOptions<RunnerOptions> options,
    TimeProvider time,
    ILogger<RoomReports> logger
) : BackgroundService
{
    /// <summary>After how long room is told once more: for executions that were offered to another runner.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<string> _taken = new();

    // However much changes while one report is on its way, one more tells it all.
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    /// <summary>A deferred execution has got its slot.</summary>
    public void Taken(string executionId)
    {
        _taken.Enqueue(executionId);
        Changed();
    }

    /// <summary>A slot is free again, or somebody else's executions are in line.</summary>
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
        var (userIds, count) = slots.RoomFor(inLine.All);
        if (taken.Count == 0 && count == 0)
            return;

        try
        {
            await bus.Publish(
                new RoomForDeferred
                {
                    RunnerId = options.Value.Id,
                    TakenExecutionIds = taken,
                    UserIds = userIds,
                    Count = count,
                },
                cancellationToken
            );
        }
        catch (MassTransitException exception)
        {
            // The next one tells of the room, and what was taken is believed to be after a while.
            NotReported(exception);
        }
    }

    [LoggerMessage(66, LogLevel.Warning, "The gateways could not be told of the room for deferred executions")]
    private partial void NotReported(Exception exception);
}
