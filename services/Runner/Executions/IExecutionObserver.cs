using System.Buffers;
using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Files;

namespace CodeInterpreter.Runner.Executions;

/// <summary>Observes an execution while it runs. Only <see cref="HarvestingAsync"/> may wait: the sandbox waits as well.</summary>
internal interface IExecutionObserver : IHarvestObserver
{
    /// <summary>The code starts. Not called for an execution that is cancelled before.</summary>
    void Started();

    /// <summary>
    /// The code printed these bytes, which are valid during the call only. With <paramref name="isCut"/> the stream has reached its limit,
    /// perhaps within a character: these bytes and those before them are not all.
    /// </summary>
    void Printed(OutputKind kind, ReadOnlySequence<byte> bytes, bool isCut);

    /// <summary>The code ended; its files are about to be stored.</summary>
    /// <exception cref="ExecutionFinishedException">They must not be stored: the execution has a result already.</exception>
    Task HarvestingAsync(CancellationToken cancellationToken);
}
