namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>A file that the code left outside of the output directory. It was not kept.</summary>
internal sealed record LeftBehindFileBody
{
    /// <summary>Absolute path in the sandbox.</summary>
    public required string Path { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Size { get; init; }
}
