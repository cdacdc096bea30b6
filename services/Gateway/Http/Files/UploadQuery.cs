namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>What the query of an upload says of it.</summary>
/// <param name="UserId">The owner; null when a part says it.</param>
/// <param name="UploadId">The caller's own name for the upload of one file; null for none.</param>
/// <param name="Sha256">The SHA-256 of that file; null when it is not announced.</param>
internal sealed record UploadQuery(string? UserId, string? UploadId, string? Sha256);
