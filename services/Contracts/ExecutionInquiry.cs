namespace CodeInterpreter.Contracts;

/// <summary>
/// Question of a runner to the gateways, when the broker gives it an execution that somebody had before: has that one told how it went?
/// Answered with <see cref="ExecutionInquiryAnswer"/>.
/// </summary>
public sealed record ExecutionInquiry
{
    /// <summary>The execution.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>Its user.</summary>
    public required string UserId { get; init; }
}
