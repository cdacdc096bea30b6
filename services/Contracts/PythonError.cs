namespace CodeInterpreter.Contracts;

/// <summary>The uncaught exception that ended the code.</summary>
/// <param name="Type">Its type, with the module unless that is <c>builtins</c>.</param>
/// <param name="Message">What <c>str()</c> says of it.</param>
/// <param name="Frames">The traceback, outermost frame first; none of it is the sandbox's own.</param>
/// <param name="Truncated">Whether frames or texts were cut.</param>
public sealed record PythonError(string Type, string Message, IReadOnlyList<PythonFrame> Frames, bool Truncated);
