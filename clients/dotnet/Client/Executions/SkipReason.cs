namespace CodeInterpreter.Client;

/// <summary>Why a file that code wrote was not stored.</summary>
public enum SkipReason
{
    /// <summary>A reason that this version of the package does not know.</summary>
    Unknown,

    /// <summary>It is a symbolic link.</summary>
    Link,

    /// <summary>It is a FIFO, a socket or a device.</summary>
    SpecialFile,

    /// <summary>It is larger than one file may be.</summary>
    TooLarge,

    /// <summary>The execution wrote more files than it may.</summary>
    TooMany,

    /// <summary>The execution wrote more bytes than it may.</summary>
    TotalSize,

    /// <summary>Its name is not UTF-8, has control characters, or is too long.</summary>
    BadName,

    /// <summary>It could not be read.</summary>
    Unreadable,

    /// <summary>The file store refused it or could not be reached.</summary>
    StoreError,
}
