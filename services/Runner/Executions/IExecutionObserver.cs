using System.Buffers;
using CodeInterpreter.Contracts;

namespace CodeInterpreter.Runner.Executions;

/// <summary>
/// Hears what happens in an execution while it happens. It must not wait, as the sandbox does meanwhile; only before the harvest it may.
/// </summary>
internal interface IExecutionObserver
{
    /// <summary>The code begins; what waits or is cancelled before never does.</summary>
    void Started();

    /// <summary>
    /// The code has printed these bytes, which are valid during the call only. With <paramref name="isCut"/> they, and what came before
    /// them, are not all: the limit of the stream has been reached, maybe within a character.
    /// </summary>
    void Printed(OutputKind kind, ReadOnlySequence<byte> bytes, bool isCut);

    /// <summary>The code has ended; what it left is about to be stored.</summary>
    /// <exception cref="ExecutionOverException">It must not be: another has told how the execution went.</exception>
    Task HarvestingAsync(CancellationToken cancellationToken);

    /// <summary>A file is in the file store.</summary>
    void Stored(GeneratedFile file);
}
