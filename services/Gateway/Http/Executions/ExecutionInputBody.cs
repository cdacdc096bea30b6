namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>Input of an interactive execution.</summary>
internal sealed record ExecutionInputBody
{
    /// <summary>Text for standard input, at most 64 KiB of UTF-8.</summary>
    public string? Text { get; init; }

    /// <summary>Whether to close the input after the text.</summary>
    public bool? End { get; init; }
}
