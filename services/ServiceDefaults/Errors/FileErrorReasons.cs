namespace CodeInterpreter.ServiceDefaults.Errors;

/// <summary>Reasons in errors of the file store, which tell errors with the same status apart.</summary>
public static class FileErrorReasons
{
    /// <summary>NOT_FOUND: the file belonged to the caller and has expired.</summary>
    public const string Expired = "EXPIRED";

    /// <summary>RESOURCE_EXHAUSTED: the file exceeds the quota of its owner.</summary>
    public const string QuotaExceeded = "QUOTA_EXCEEDED";

    /// <summary>RESOURCE_EXHAUSTED: the disk or bucket of the file store is full.</summary>
    public const string StorageFull = "STORAGE_FULL";

    /// <summary>DATA_LOSS: the record of the file exists, but its content is missing. The request was correct.</summary>
    public const string ContentLost = "CONTENT_LOST";
}
