using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Executions.Records;

/// <summary>
/// The bytes that results and events count against the budget of their user: about their size as JSON. That does not depend on the kind of
/// database, and is cheap to compute.
/// </summary>
internal static class ResultSize
{
    // An event, a file, a frame and an execution have more than texts: ids, names, times, and entries in indexes.
    private const long Each = 512;
    private const long LeastText = 64 * 1024;
    private const long LargestRest = 512 * 1024;

    // Acceptance, start and end of an execution that cannot be followed are not logged separately.
    private const long UnfollowedEvents = 3;

    /// <summary>The maximum of an execution whose output streams have that limit, with its log.</summary>
    public static long Most(int outputBytes, bool live)
    {
        var texts = 2 * Math.Max(LeastText, 2L * outputBytes);
        return LargestRest + (live ? 2 * texts : texts);
    }

    /// <summary>The size of a finished execution, with its log.</summary>
    public static long Of(ExecutionFinished finished)
    {
        var result = finished.Result;
        var output = Of(result.Output) + Of(result.Error);
        var events = EventSequence.CountOf(finished.Sequence);
        var logged = events > UnfollowedEvents ? output + (events * Each) : 0;
        return Each
            + output
            + logged
            + Of(result.Message)
            + Of(result.Exception)
            + result.GeneratedFiles.Sum(file => Each + Of(file.Filename))
            + result.SkippedFiles.Sum(file => Each + Of(file.Path))
            + result.LeftBehind.Sum(file => Of(file.Path));
    }

    private static long Of(OutputText text) => Of(text.Text) + Of(text.Tail);

    private static long Of(PythonError? error) =>
        error is null
            ? 0
            : Each + Of(error.Message) + error.Frames.Sum(frame => Each + Of(frame.File) + Of(frame.Function) + Of(frame.Code));

    private static long Of(string text)
    {
        var bytes = 0L;
        foreach (var letter in text)
            bytes += BytesOf(letter);
        return bytes;
    }

    private static int BytesOf(char letter) =>
        letter switch
        {
            '"' or '\\' or '\n' or '\r' or '\t' => 2,
            < ' ' or '\u007f' => 6,
            < '\u0080' => 1,
            < '\u0800' => 2,
            _ => 3,
        };
}
