namespace CodeInterpreter.Client;

/// <summary>Code did not succeed, and its caller has asked for an exception: <see cref="ExecutionResult.EnsureSucceeded"/>.</summary>
public sealed class ExecutionFailedException : CodeInterpreterException
{
    /// <summary>Describes the failure of code.</summary>
    /// <param name="result">The result of its execution.</param>
    public ExecutionFailedException(ExecutionResult result)
        : base(ReasonOf(result), Describe(result))
    {
        Result = result;
        ExecutionId = result.ExecutionId;
    }

    /// <summary>The result, with what the code printed and wrote.</summary>
    public ExecutionResult Result { get; }

    private static string ReasonOf(ExecutionResult result) => EnumNames.ToWire("OUTCOME", result.Outcome);

    // What the code itself says may be private; it stays in the result.
    private static string Describe(ExecutionResult result) =>
        result.Message.Length > 0 ? $"The code ended as {result.Outcome}. {result.Message}" : $"The code ended as {result.Outcome}.";
}
