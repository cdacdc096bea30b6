namespace CodeInterpreter.Runner.Executions;

/// <summary>Somebody else had the execution, and has told how it went: running it again could only spoil that.</summary>
internal sealed class ExecutionOverException() : Exception("The execution has its result.");
