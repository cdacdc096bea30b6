using System.Text.Json.Serialization;

namespace CodeInterpreter.Gateway.Executions.Requests;

/// <summary>A stored file that a request lists.</summary>
/// <param name="FileId">Its id, as the caller sent it.</param>
/// <param name="Filename">Its path in the working directory; null for its own name.</param>
internal sealed record RequestedFile(string? FileId, string? Filename = null)
{
    /// <summary>The field of the request, such as <c>user_files[2]</c>.</summary>
    [JsonIgnore]
    public string Field { get; init; } = "";

    /// <summary>Ids without names, in the field <c>user_files</c>.</summary>
    public static IEnumerable<RequestedFile> Of(IEnumerable<string?> fileIds) =>
        fileIds.Select((fileId, i) => new RequestedFile(fileId) { Field = $"user_files[{i}]" });
}
