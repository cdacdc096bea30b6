namespace CodeInterpreter.FileStore.Migration;

/// <summary>What happened to one blob.</summary>
internal enum MigrationOutcome
{
    Copied,

    /// <summary>The target has it, from an earlier run.</summary>
    AlreadyThere,

    /// <summary>No file has these bytes: it has expired, is being deleted, or is just being uploaded.</summary>
    WithoutRecord,

    /// <summary>Its bytes are not those of the record; it is not copied.</summary>
    Damaged,
}
