using System.Text.RegularExpressions;

namespace CodeInterpreter.Client.Tests.Packages;

/// <summary>The C# of a page, and what the page says it prints.</summary>
internal sealed partial record Page(string Name, IReadOnlyList<(string Code, string? Prints)> Examples)
{
    public static Page Read(string path)
    {
        var blocks = Block().Matches(File.ReadAllText(Path.Combine(CommandLine.Root, path)));
        var examples = new List<(string, string?)>();
        for (var i = 0; i < blocks.Count; i++)
        {
            if (blocks[i].Groups[1].Value != "csharp")
                continue;
            var next = i + 1 < blocks.Count && blocks[i + 1].Groups[1].Value == "text" ? blocks[i + 1].Groups[2].Value : null;
            examples.Add((blocks[i].Groups[2].Value, next));
        }

        return new Page(path, examples);
    }

    /// <summary>A program of all examples, one after the other, as a reader would write it; a line ends the output of each.</summary>
    public string ToProgram(string address, string boundary)
    {
        var code = string.Concat(Examples.Select(example => $"{example.Code}\nConsole.WriteLine(\"{boundary}\");\n"));
        var usings = Using().Matches(code).Select(match => match.Value).Distinct();
        // Each test is a user of its own.
        return $"{string.Concat(usings)}\n{Using().Replace(code, "")}"
            .Replace("http://127.0.0.1:8081", address, StringComparison.Ordinal)
            .Replace("\"me\"", $"\"{ProductFixture.NewUser()}\"", StringComparison.Ordinal);
    }

    [GeneratedRegex("^```([a-z]+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^using [\w.]+;\n", RegexOptions.Multiline)]
    private static partial Regex Using();
}
