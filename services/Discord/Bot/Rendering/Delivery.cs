using CodeInterpreter.Client;

namespace CodeInterpreter.Discord.Bot.Rendering;

/// <summary>A result on its way to Discord.</summary>
/// <param name="Result">The result.</param>
/// <param name="MaxFileBytes">The largest file that Discord takes with this answer.</param>
internal sealed record Delivery(ExecutionResult Result, long MaxFileBytes)
{
    // Discord's documented limit of a request, unless even a single file may be larger.
    private const long RequestBytes = 25 * 1024 * 1024;

    /// <summary>The stored file with all of the output; null where the result has all of it.</summary>
    public StoredFile? WholeOutput { get; init; }

    /// <summary>Links to the files that are too large, by their ids.</summary>
    public IReadOnlyDictionary<string, string> Links { get; init; } = new Dictionary<string, string>();

    /// <summary>Bytes of all files of a message.</summary>
    public long MaxRequestBytes => Math.Max(RequestBytes, MaxFileBytes);

    /// <summary>What the code printed, as far as the result has it.</summary>
    public string Output => Whole(Result.Output, Result.OutputTail) + Whole(Result.Error, Result.ErrorTail);

    /// <summary>The files that are too large to attach.</summary>
    public IEnumerable<string> TooLarge =>
        [
            .. Result.GeneratedFiles.Where(file => !Fits(file.Size)).Select(file => file.FileId),
            .. WholeOutput is { } output && !Fits(output.Size) ? [output.FileId] : Array.Empty<string>(),
        ];

    /// <summary>Whether Discord takes a file of that size.</summary>
    public bool Fits(long size) => size <= MaxFileBytes;

    private static string Whole(string start, string tail) => tail.Length == 0 ? start : $"{start}\n[...]\n{tail}";
}
