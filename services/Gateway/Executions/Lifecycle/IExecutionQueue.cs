using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Executions.Lifecycle;

/// <summary>Sends commands to the runners.</summary>
internal interface IExecutionQueue
{
    /// <summary>Publishes an execution; returns when the bus has confirmed it.</summary>
    /// <exception cref="Errors.GatewayException">
    /// The bus is unavailable, or the queue is full. With <see cref="Errors.GatewayException.MayRun"/> the runners may get it all the same.
    /// </exception>
    Task EnqueueAsync(ExecuteCode command, CancellationToken cancellationToken);

    /// <summary>Tells all runners to stop an execution, and not to start it.</summary>
    /// <exception cref="Errors.GatewayException">The bus is unavailable.</exception>
    Task CancelAsync(CancelExecution command, CancellationToken cancellationToken);

    /// <summary>Sends input to the runner that reads from that address.</summary>
    /// <exception cref="Errors.GatewayException">The bus is unavailable.</exception>
    Task SendInputAsync(Uri address, ExecutionInput input, CancellationToken cancellationToken);
}
