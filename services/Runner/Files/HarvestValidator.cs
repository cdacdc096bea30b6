using System.Text;
using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Sandboxes;
using CodeInterpreter.Runner.Sandboxes.Protocol;
using CodeInterpreter.ServiceDefaults.Naming;

namespace CodeInterpreter.Runner.Files;

/// <summary>Checks what a sandbox reports about its files against the limits and its inputs.</summary>
internal sealed class HarvestValidator(SandboxLimits limits, IReadOnlyList<InputFile> inputs)
{
    private const int MaxLeftBehind = 20;

    // Where the supervisor looks.
    private static readonly string[] Elsewhere = ["/home/sandbox/", "/tmp/"];

    // Of three bytes each, at most.
    private const int MaxShown = 340;
    private const char Unknown = '\uFFFD';

    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);
    private long _totalBytes;
    private int _broken;
    private int _skipped;

    public void Check(FileReport file)
    {
        if (!_paths.Add(file.Path))
            throw Violation("the same file twice");
        if (_paths.Count > limits.Files)
            throw Violation("more files than the limit");
        if (file.Size < 0 || file.Size > limits.FileBytes)
            throw Violation("a file of a size above the limit");
        if ((_totalBytes += file.Size) > limits.TotalFileBytes)
            throw Violation("more bytes than the limit");
        if (file.ModifiedFrom is { } id && inputs.All(input => input.FileId != id))
            throw Violation("a change of a file it never had");
    }

    public void Check(SkippedReport skipped)
    {
        if (++_skipped > limits.SkippedFiles)
            throw Violation("more skipped entries than the limit");
        if (Encoding.UTF8.GetByteCount(skipped.Path) > 4 * FilePath.MaxBytes)
            throw Violation("a skipped entry with an endless path");
    }

    /// <summary>A file that was announced could not be read to its end.</summary>
    public void Break() => _broken++;

    /// <summary>The number of skipped entries that were counted without being reported one by one.</summary>
    public int Check(DoneReport done)
    {
        var unreported = (long)done.Skipped - _skipped - _broken;
        return done.Files == _paths.Count - _broken && unreported >= 0 ? (int)unreported : throw Violation("a wrong count at the end");
    }

    /// <summary>What was left outside of the output directory, as it may be shown.</summary>
    public static IReadOnlyList<LeftBehindFile> Check(IReadOnlyList<LeftBehindReport>? left)
    {
        if (left is null)
            return [];
        if (left.Count > MaxLeftBehind)
            throw Violation("more files left behind than it may");
        return [.. left.Select(file => new LeftBehindFile(ShownAbsolute(file.Path), Math.Max(0, file.Size)))];
    }

    private static string ShownAbsolute(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) > 4 * FilePath.MaxBytes)
            throw Violation("a file left behind with an endless path");
        var place =
            Elsewhere.FirstOrDefault(place => path.StartsWith(place, StringComparison.Ordinal))
            ?? throw Violation("a file left behind in an unknown place");
        return place + Shown(path[place.Length..]);
    }

    public static SandboxFailedException Violation(string what) => new($"The sandbox reported {what}.");

    /// <summary>
    /// Whether a path is relative, stays where it is, and can be read by a person. The supervisor asks the same; if the two ever differ,
    /// only that file is skipped.
    /// </summary>
    public static bool IsSafePath(string path) => FilePath.FaultOf(path, maxPartBytes: FilePath.MaxBytes) is null;

    /// <summary>A path as it may be shown: what would not be taken as the name of a file becomes one that leads nowhere.</summary>
    public static string Shown(string path)
    {
        if (IsSafePath(path))
            return path;
        var plain = string.Concat(
            path.Select(character => FilePath.BreaksLines(character) || char.IsSurrogate(character) ? Unknown : character)
        );
        var parts = plain.Split('/').Select(part => FilePath.LeadsElsewhere(part) ? Unknown.ToString() : part);
        var shown = string.Join('/', parts);
        return shown.Length <= MaxShown ? shown : shown[..MaxShown].TrimEnd('.', '/') + Unknown;
    }
}
