namespace CodeInterpreter.Contracts;

/// <summary>What gateways know of an execution, the answer to <see cref="ExecutionInquiry"/>.</summary>
public sealed record ExecutionInquiryAnswer
{
    /// <summary>Whether it has its result. Not so for executions that no gateway has accepted.</summary>
    public required bool IsFinished { get; init; }
}
