using System.Text.Json.Serialization;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>What a caller asks for, as it came in over gRPC or HTTP: nothing of it has been checked.</summary>
internal sealed record ExecutionRequest
{
    /// <summary>Who sent it: a key, or whoever a token was given to. Empty when nobody asked.</summary>
    [JsonIgnore]
    public string CallerId { get; init; } = "";

    public required string UserId { get; init; }

    /// <summary>Null when there is none, which is not the same as an empty program.</summary>
    public required string? Code { get; init; }

    public IReadOnlyList<RequestedFile> UserFiles { get; init; } = [];

    public string Stdin { get; init; } = "";

    public IReadOnlyList<string?> Args { get; init; } = [];

    public IReadOnlyList<InlineFile> Files { get; init; } = [];

    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public RequestedLimits Limits { get; init; } = RequestedLimits.None;

    /// <summary>Empty for Python.</summary>
    public string Language { get; init; } = "";

    /// <summary>Empty leaves the choice to the runner.</summary>
    public string Profile { get; init; } = "";

    public bool Echo { get; init; }

    public bool MergeOutput { get; init; }

    public bool IncludeData { get; init; }

    /// <summary>Empty for none.</summary>
    public string IdempotencyKey { get; init; } = "";
}
