namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>An uncaught exception.</summary>
internal sealed record PythonErrorBody
{
    /// <summary>Its type, with the module unless it is builtins.</summary>
    public required string Type { get; init; }

    /// <summary>The exception as str().</summary>
    public required string Message { get; init; }

    /// <summary>The traceback, outermost frame first.</summary>
    public required IReadOnlyList<PythonFrameBody> Frames { get; init; }

    /// <summary>Whether frames or texts were cut.</summary>
    public required bool Truncated { get; init; }
}
