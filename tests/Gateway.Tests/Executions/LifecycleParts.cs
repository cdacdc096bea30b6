using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace CodeInterpreter.Gateway.Tests.Executions;

/// <summary>The classes of the life cycle around one store, put together as the gateway does.</summary>
internal sealed class LifecycleParts
{
    public LifecycleParts(
        IExecutionStore store,
        TimeProvider? timeProvider = null,
        Subscriptions? subscriptions = null,
        ActiveExecutions? activeExecutions = null
    )
    {
        var time = timeProvider ?? TimeProvider.System;
        Subscriptions = subscriptions ?? new Subscriptions();
        ActiveExecutions = activeExecutions ?? new ActiveExecutions(time);
        LostExecutions = new LostExecutions(time);
        Finisher = new ExecutionFinisher(
            store,
            Subscriptions,
            ActiveExecutions,
            LostExecutions,
            time,
            NullLogger<ExecutionFinisher>.Instance
        );
        Reader = new ExecutionReader(store, Finisher, LostExecutions);
        Sweep = new LostExecutionSweep(store, LostExecutions, Finisher, time);
    }

    public Subscriptions Subscriptions { get; }

    public ActiveExecutions ActiveExecutions { get; }

    public LostExecutions LostExecutions { get; }

    public ExecutionFinisher Finisher { get; }

    public ExecutionReader Reader { get; }

    public LostExecutionSweep Sweep { get; }
}
