namespace CodeInterpreter.Client;

/// <summary>An uncaught Python exception.</summary>
/// <param name="Type">Its type, with the module unless that is <c>builtins</c>.</param>
/// <param name="Message">What <c>str()</c> returns for it.</param>
/// <param name="Frames">The traceback, the outermost frame first.</param>
/// <param name="Truncated">Whether frames or texts were cut.</param>
public sealed record PythonError(string Type, string Message, IReadOnlyList<PythonFrame> Frames, bool Truncated);

/// <summary>A frame of a traceback.</summary>
/// <param name="File">The source file, <c>main.py</c> for the code itself.</param>
/// <param name="Line">From 1; 0 where it is not known.</param>
/// <param name="Function"><c>&lt;module&gt;</c> for the code itself.</param>
/// <param name="Code">The source line.</param>
public sealed record PythonFrame(string File, int Line, string Function, string Code);
