using System.Text.Json.Serialization;

namespace CodeInterpreter.Contracts;

/// <summary>Why an entry of the output directory was not stored.</summary>
// On the wire by name.
[JsonConverter(typeof(JsonStringEnumConverter<SkipReason>))]
public enum SkipReason
{
    /// <summary>A symbolic link; links are never followed.</summary>
    Link,

    /// <summary>A FIFO, socket or device.</summary>
    SpecialFile,

    /// <summary>Larger than one file may be.</summary>
    TooLarge,

    /// <summary>More files than one execution may return.</summary>
    TooMany,

    /// <summary>More bytes than one execution may return.</summary>
    TotalSize,

    /// <summary>Not UTF-8, with control characters, or too long.</summary>
    BadName,

    /// <summary>Could not be read.</summary>
    Unreadable,

    /// <summary>The file store refused it or could not be reached.</summary>
    StoreError,
}
