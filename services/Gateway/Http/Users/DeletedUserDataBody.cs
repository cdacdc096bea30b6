namespace CodeInterpreter.Gateway.Http.Users;

/// <summary>How much of a user was deleted.</summary>
internal sealed record DeletedUserDataBody
{
    /// <summary>Number of executions that were deleted.</summary>
    public required long Executions { get; init; }

    /// <summary>Number of files that were deleted.</summary>
    public required long Files { get; init; }
}
