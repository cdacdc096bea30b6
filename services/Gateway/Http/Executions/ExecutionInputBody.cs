namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>What an interactive execution reads next.</summary>
internal sealed record ExecutionInputBody
{
    /// <summary>Text for standard input, at most 64 KiB of UTF-8.</summary>
    public string? Text { get; init; }

    /// <summary>Whether the end of the input follows.</summary>
    public bool? End { get; init; }
}
