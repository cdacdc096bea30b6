namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>The query of an upload.</summary>
/// <param name="UserId">The owner; null if a part names it.</param>
/// <param name="UploadId">The name that the caller chose for the upload of one file; null if it chose none.</param>
/// <param name="Sha256">The SHA-256 of that file; null if the caller did not send it.</param>
internal sealed record UploadQuery(string? UserId, string? UploadId, string? Sha256);
