namespace CodeInterpreter.Contracts;

/// <summary>
/// Request of a runner to the gateways for a redelivered execution: does it have a result already? The response is
/// <see cref="ExecutionInquiryAnswer"/>.
/// </summary>
public sealed record ExecutionInquiry
{
    /// <summary>The execution.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>Its user.</summary>
    public required string UserId { get; init; }
}
