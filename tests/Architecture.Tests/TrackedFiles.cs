using System.Diagnostics;

namespace CodeInterpreter.Architecture.Tests;

/// <summary>The files of the repository that git tracks, in the state they have on disk.</summary>
internal static class TrackedFiles
{
    /// <summary>Their paths, relative to the root, with <c>/</c> between folders.</summary>
    public static IReadOnlyList<string> All { get; } = List();

    /// <summary>The lines of a file; none when it is not text.</summary>
    public static IReadOnlyList<string> LinesOf(string path)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, path));
        return text.Contains('\0', StringComparison.Ordinal) ? [] : text.Split('\n');
    }

    private static List<string> List()
    {
        var start = new ProcessStartInfo("git", ["-C", Repository.Root, "ls-files", "-z"]) { RedirectStandardOutput = true };
        using var git = Process.Start(start)!;
        var paths = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        git.ExitCode.ShouldBe(0);
        // One that was just removed is tracked until the next commit.
        return [.. paths.Where(path => File.Exists(Path.Combine(Repository.Root, path)))];
    }
}
