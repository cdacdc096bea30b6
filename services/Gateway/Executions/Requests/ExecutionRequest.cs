using System.Text.Json.Serialization;

namespace CodeInterpreter.Gateway.Executions.Requests;

/// <summary>A request to run code as it arrived over gRPC or HTTP. It is not validated.</summary>
internal sealed record ExecutionRequest
{
    /// <summary>The caller: an API key, or the subject of a token. Empty if the gateway does not ask for credentials.</summary>
    [JsonIgnore]
    public string CallerId { get; init; } = "";

    public required string UserId { get; init; }

    /// <summary>The code; null if the request has none, which is different from an empty program.</summary>
    public required string? Code { get; init; }

    public IReadOnlyList<RequestedFile> UserFiles { get; init; } = [];

    public string Stdin { get; init; } = "";

    public IReadOnlyList<string?> Args { get; init; } = [];

    public IReadOnlyList<InlineFile> Files { get; init; } = [];

    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public RequestedLimits Limits { get; init; } = RequestedLimits.None;

    /// <summary>Empty for Python.</summary>
    public string Language { get; init; } = "";

    /// <summary>Empty if the runner is to choose.</summary>
    public string Profile { get; init; } = "";

    public bool Echo { get; init; }

    public bool MergeOutput { get; init; }

    public bool IncludeData { get; init; }

    /// <summary>Empty for none.</summary>
    public string IdempotencyKey { get; init; } = "";
}
