using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Sandboxes;
using CodeInterpreter.Runner.Sandboxes.Protocol;

namespace CodeInterpreter.Runner.Executions;

/// <summary>The exception that ended the code, as the code's own process reports it.</summary>
internal static class UncaughtException
{
    // What a supervisor lets pass, in characters; one of them can be two of ours.
    private const int Type = 2 * 256;
    private const int Message = 2 * 4096;
    private const int Frames = 50;
    private const int File = 2 * 512;
    private const int Function = 2 * 256;
    private const int Code = 2 * 512;

    /// <exception cref="SandboxFailedException">A supervisor would not have let it pass.</exception>
    public static void Check(ExceptionReport report)
    {
        if (
            report.Type.Length is 0 or > Type
            || report.Message.Length > Message
            || report.Frames.Count > Frames
            || report.Frames.Any(frame => frame.File.Length > File || frame.Function.Length > Function || frame.Code.Length > Code)
        )
            throw new SandboxFailedException("An exit report has an exception that is too long.");
    }

    public static PythonError From(ExceptionReport report) =>
        new(
            report.Type,
            report.Message,
            [.. report.Frames.Select(frame => new PythonFrame(frame.File, Math.Max(0, frame.Line), frame.Function, frame.Code))],
            report.Truncated
        );
}
