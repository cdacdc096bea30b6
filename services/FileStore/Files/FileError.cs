namespace CodeInterpreter.FileStore.Files;

/// <summary>Why the store rejected or failed a call, as far as callers need to know.</summary>
internal enum FileError
{
    /// <summary>Unknown, expired, deleted or another user's: the answer is the same for all four.</summary>
    NotFound,

    /// <summary>It was the caller's own file and expired.</summary>
    Expired,

    /// <summary>The file is larger than the store allows.</summary>
    TooLarge,

    /// <summary>The caller acts for an execution, and the file is neither its input nor its output.</summary>
    NotGranted,

    /// <summary>It exceeds the quota of its owner or its execution.</summary>
    QuotaExceeded,

    /// <summary>What arrived is not what was announced.</summary>
    ContentDiffers,

    /// <summary>The record is there, its bytes are not.</summary>
    ContentLost,

    /// <summary>A download was to start after the end of the file.</summary>
    OffsetBehindEnd,

    /// <summary>The other side of a stream stopped sending or reading.</summary>
    Stalled,

    /// <summary>The host is stopping; another replica, or this one after its restart, can serve the call.</summary>
    Stopping,

    /// <summary>The disk or the database is full.</summary>
    StorageFull,

    /// <summary>The disk or the database cannot be reached.</summary>
    Unavailable,
}
