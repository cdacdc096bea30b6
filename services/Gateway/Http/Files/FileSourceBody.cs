using System.Text.Json.Serialization;

namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>Where a file came from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FileSourceBody>))]
internal enum FileSourceBody
{
    /// <summary>A user sent it.</summary>
    [JsonStringEnumMemberName("uploaded")]
    Uploaded,

    /// <summary>An execution wrote it.</summary>
    [JsonStringEnumMemberName("generated")]
    Generated,
}
