using System.Text.Json;
using System.Text.Json.Serialization;

namespace CodeInterpreter.Contracts;

/// <summary>
/// Writes a text into JSON piece by piece. For a whole text the writer would reserve the most memory that it could need, eighteen bytes for
/// each character, and keep it.
/// </summary>
public sealed class LongText : JsonConverter<string>
{
    private const int PieceLength = 8 * 1024;

    /// <inheritdoc />
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        var rest = value.AsSpan();
        while (rest.Length > PieceLength)
        {
            writer.WriteStringValueSegment(rest[..PieceLength], isFinalSegment: false);
            rest = rest[PieceLength..];
        }

        writer.WriteStringValueSegment(rest, isFinalSegment: true);
    }
}
