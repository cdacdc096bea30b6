using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>
/// What results and events count against the budget of their user, in bytes: about what they take in the database, as JSON. It does not depend on the
/// kind of database, and costs little to find out.
/// </summary>
internal static class ResultSize
{
    // An event, a file, a frame and an execution are no texts alone: there are ids, names, moments, and entries in indexes.
    private const long Each = 512;
    private const long LeastText = 64 * 1024;
    private const long LargestRest = 512 * 1024;

    // Acceptance, start and end are not logged one by one where nobody follows.
    private const long UnfollowedEvents = 3;

    /// <summary>The most that an execution may come to whose streams have that limit, with what is logged of it while it runs.</summary>
    public static long Most(int outputBytes, bool live)
    {
        var texts = 2 * Math.Max(LeastText, 2L * outputBytes);
        return LargestRest + (live ? 2 * texts : texts);
    }

    /// <summary>What an execution that has finished comes to.</summary>
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
