namespace CodeInterpreter.FileStore.Files;

/// <summary>Why the store refused or failed a call, as its caller has to tell the cases apart.</summary>
internal enum FileError
{
    /// <summary>Unknown, expired, deleted or somebody else's: the answer is the same for all four.</summary>
    NotFound,

    /// <summary>It was the caller's own, and its time is over.</summary>
    Expired,

    /// <summary>The file is larger than the store takes.</summary>
    TooLarge,

    /// <summary>The caller speaks for an execution, and this is none of its inputs and outputs.</summary>
    NotGranted,

    /// <summary>The owner, or the execution, has no room for it.</summary>
    QuotaExceeded,

    /// <summary>What arrived is not what was announced.</summary>
    ContentDiffers,

    /// <summary>The record is there, its bytes are not.</summary>
    ContentLost,

    /// <summary>A download was to start behind the end of the file.</summary>
    OffsetBehindEnd,

    /// <summary>The other side of a stream stopped sending or reading.</summary>
    Stalled,

    /// <summary>The host is stopping; another replica, or this one after its restart, can serve the call.</summary>
    Stopping,

    /// <summary>The disk or the database has no room left.</summary>
    StorageFull,

    /// <summary>The disk or the database cannot be reached.</summary>
    Unavailable,
}
