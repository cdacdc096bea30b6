namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>One frame of a traceback.</summary>
internal sealed record PythonFrameBody
{
    /// <summary>The source file, main.py for the code itself.</summary>
    public required string File { get; init; }

    /// <summary>The line, from 1; 0 if unknown.</summary>
    public required int Line { get; init; }

    /// <summary>&lt;module&gt; for the code itself.</summary>
    public required string Function { get; init; }

    /// <summary>The source line.</summary>
    public required string Code { get; init; }
}
