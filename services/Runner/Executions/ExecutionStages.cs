namespace CodeInterpreter.Runner.Executions;

/// <summary>The stages of an execution, as its spans and the tag <c>stage</c> name them.</summary>
internal static class ExecutionStages
{
    public const string TakeSandbox = "sandbox.take";

    public const string StageInputs = "inputs.stage";

    public const string RunCode = "code.run";

    public const string Harvest = "harvest";
}
