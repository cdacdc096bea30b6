using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>Hands executions to the runners.</summary>
internal interface IExecutionQueue
{
    /// <summary>Returns when the command is on its way; throws when it could not be handed over.</summary>
    Task EnqueueAsync(ExecuteCode command, CancellationToken cancellationToken);

    /// <summary>Tells all runners to stop an execution, and not to start it.</summary>
    Task CancelAsync(CancelExecution command, CancellationToken cancellationToken);

    /// <summary>Gives input to the runner that takes it at that address.</summary>
    Task FeedAsync(Uri address, ExecutionInput input, CancellationToken cancellationToken);
}
