using System.Text.Json.Serialization;
using CodeInterpreter.Gateway.Http.Json;

namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>A stored file to place in the working directory: its id alone, or an object with a name for it.</summary>
[JsonConverter(typeof(UserFileConverter))]
[JsonFormat("a file id, or an object with file_id and filename")]
internal sealed record UserFileBody
{
    /// <summary>The file's id.</summary>
    public string? FileId { get; init; }

    /// <summary>Path relative to the working directory, with / between folders; unset for the file's own name.</summary>
    public string? Filename { get; init; }
}
