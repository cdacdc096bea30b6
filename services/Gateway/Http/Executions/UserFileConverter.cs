using System.Text.Json;
using System.Text.Json.Serialization;

namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>Reads a file that is an id or an object, as strictly as the rest of a body.</summary>
internal sealed class UserFileConverter : JsonConverter<UserFileBody>
{
    private const string FileId = "file_id";
    private const string Filename = "filename";

    public override UserFileBody Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return new UserFileBody { FileId = reader.GetString() };
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException();

        var fields = new Dictionary<string, string?>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            if (name is not (FileId or Filename) || !reader.Read() || !fields.TryAdd(name, Text(ref reader)))
                throw new JsonException();
        }

        return new UserFileBody { FileId = fields.GetValueOrDefault(FileId), Filename = fields.GetValueOrDefault(Filename) };
    }

    public override void Write(Utf8JsonWriter writer, UserFileBody value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString(FileId, value.FileId);
        writer.WriteString(Filename, value.Filename);
        writer.WriteEndObject();
    }

    private static string? Text(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Null => null,
            _ => throw new JsonException(),
        };
}
