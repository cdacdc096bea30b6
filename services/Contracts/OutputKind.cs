using System.Text.Json.Serialization;

namespace CodeInterpreter.Contracts;

/// <summary>Which of the two streams a program prints to.</summary>
// On the wire by name.
[JsonConverter(typeof(JsonStringEnumConverter<OutputKind>))]
public enum OutputKind
{
    /// <summary>Standard output.</summary>
    Stdout,

    /// <summary>Standard error.</summary>
    Stderr,
}
