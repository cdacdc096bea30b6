namespace CodeInterpreter.ServiceDefaults.Trust;

/// <summary>What one execution may do in the file store: read its inputs, and write and remove its own outputs.</summary>
/// <param name="UserId">Whose inputs and outputs they are.</param>
/// <param name="ExecutionId">The execution that the outputs belong to.</param>
/// <param name="InputFileIds">The files it may read.</param>
/// <param name="MaxFiles">Most files it may have stored at a time.</param>
/// <param name="MaxBytes">Most bytes these may have together.</param>
/// <param name="ExpiresAt">When the grant ends, to the second.</param>
public sealed record ExecutionGrant(
    string UserId,
    string ExecutionId,
    IReadOnlyList<string> InputFileIds,
    long MaxFiles,
    long MaxBytes,
    DateTimeOffset ExpiresAt
);
