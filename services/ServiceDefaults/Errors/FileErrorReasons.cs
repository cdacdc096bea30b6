namespace CodeInterpreter.ServiceDefaults.Errors;

/// <summary>Reasons in the errors of the file store that their status alone does not tell.</summary>
public static class FileErrorReasons
{
    /// <summary>NOT_FOUND: it was the caller's own file, and its time is over.</summary>
    public const string Expired = "EXPIRED";

    /// <summary>RESOURCE_EXHAUSTED: the owner has no room for the file.</summary>
    public const string QuotaExceeded = "QUOTA_EXCEEDED";

    /// <summary>RESOURCE_EXHAUSTED: the file store has no room for anybody's files.</summary>
    public const string StorageFull = "STORAGE_FULL";

    /// <summary>DATA_LOSS: the record is there, its bytes are not; nothing that was sent is wrong.</summary>
    public const string ContentLost = "CONTENT_LOST";
}
