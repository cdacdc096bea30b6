namespace CodeInterpreter.Contracts;

/// <summary>One frame of a traceback.</summary>
/// <param name="File">The source file, <c>main.py</c> for the code itself.</param>
/// <param name="Line">Line number, from 1; 0 when not known.</param>
/// <param name="Function">The function, <c>&lt;module&gt;</c> for the code itself.</param>
/// <param name="Code">The source line.</param>
public sealed record PythonFrame(string File, int Line, string Function, string Code);
