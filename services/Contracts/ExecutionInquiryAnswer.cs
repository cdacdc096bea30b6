namespace CodeInterpreter.Contracts;

/// <summary>What gateways know of an execution, the answer to <see cref="ExecutionInquiry"/>.</summary>
public sealed record ExecutionInquiryAnswer
{
    /// <summary>Whether the execution has a result. False for executions that no gateway accepted.</summary>
    public required bool IsFinished { get; init; }
}
