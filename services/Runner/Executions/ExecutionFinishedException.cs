namespace CodeInterpreter.Runner.Executions;

/// <summary>An earlier delivery of the execution has produced its result, so it must not run again.</summary>
internal sealed class ExecutionFinishedException() : Exception("The execution already has a result.");
