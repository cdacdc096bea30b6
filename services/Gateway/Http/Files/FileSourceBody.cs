using System.Text.Json.Serialization;

namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>Whether a file was uploaded or generated.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FileSourceBody>))]
internal enum FileSourceBody
{
    /// <summary>A user uploaded it.</summary>
    [JsonStringEnumMemberName("uploaded")]
    Uploaded,

    /// <summary>An execution wrote it.</summary>
    [JsonStringEnumMemberName("generated")]
    Generated,
}
