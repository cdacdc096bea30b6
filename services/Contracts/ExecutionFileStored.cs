namespace CodeInterpreter.Contracts;

/// <summary>Event: a file that the code wrote is in the file store.</summary>
public sealed record ExecutionFileStored
{
    /// <summary>The execution.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>Its user.</summary>
    public required string UserId { get; init; }

    /// <summary>The <see cref="ExecuteCode.Proof"/> of the command; gateways drop events without it.</summary>
    public string? Proof { get; init; }

    /// <summary>Its place among the events of the execution: see <see cref="EventSequence"/>.</summary>
    public required long Sequence { get; init; }

    /// <summary>The file.</summary>
    public required GeneratedFile File { get; init; }
}
