using System.Text.Json;
using System.Text.Json.Nodes;

namespace CodeInterpreter.Hostile.Tests.Code;

/// <summary>
/// A program below <c>Cases</c>. Its lines that begin with <c>#:</c> say what it attacks, what stops it, and what its caller gets;
/// README.md has the words.
/// </summary>
internal sealed class HostileCase
{
    private const string Mark = "#: ";
    private readonly Dictionary<string, string> _says = new(StringComparer.Ordinal);

    private HostileCase(string name, string code)
    {
        (Name, Code) = (name, code);
        var lines = code.Split('\n').TakeWhile(line => line.StartsWith(Mark, StringComparison.Ordinal)).ToList();
        Title = lines[0][Mark.Length..];
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(": ", Mark.Length, StringComparison.Ordinal);
            _says.Add(line[Mark.Length..colon], line[(colon + 2)..]);
        }
    }

    public static string Directory { get; } = Path.Combine(AppContext.BaseDirectory, "Cases");

    /// <summary>Group and name, such as <c>time/endless_loop</c>.</summary>
    public string Name { get; }

    public string Code { get; }

    public string Title { get; }

    /// <summary>What stops it.</summary>
    public string Defence => _says["defence"];

    /// <summary>What goes into the request beside user and code.</summary>
    public JsonObject Request => Repeat(Read("request"));

    /// <summary>Fields of the result and what they have to be.</summary>
    public JsonObject Expected => Read("expect");

    /// <summary>Fields of the result and regular expressions that they have to match.</summary>
    public JsonObject Patterns => Read("match");

    /// <summary>Fields of the result and the largest numbers they may be.</summary>
    public JsonObject Maxima => Read("at most");

    /// <summary>Names of the files that come back.</summary>
    public IReadOnlyList<string> Files => ReadNames("files");

    /// <summary>Names of files that may come back or not.</summary>
    public IReadOnlyList<string> Perhaps => ReadNames("perhaps");

    /// <summary>Entries that are left behind, each with its reason.</summary>
    public JsonObject Skipped => Read("skipped");

    /// <summary>Why anything is left behind, whatever its name; null where the names are known.</summary>
    public string? LeftBecause => _says.GetValueOrDefault("left");

    public static IEnumerable<HostileCase> All() =>
        System
            .IO.Directory.EnumerateFiles(Directory, "*.py", SearchOption.AllDirectories)
            .Select(path => Find(Path.ChangeExtension(Path.GetRelativePath(Directory, path), null)))
            .OrderBy(found => found.Name, StringComparer.Ordinal);

    public static HostileCase Find(string name) => new(name, File.ReadAllText(Path.Combine(Directory, name + ".py")));

    /// <summary>Texts that are too long to be written down: <c>{"repeat": "x", "times": 1000000}</c>.</summary>
    private static JsonObject Repeat(JsonObject request)
    {
        foreach (var (field, value) in request.ToList())
        {
            if (value is JsonObject text && text["repeat"]?.GetValue<string>() is { } repeated)
                request[field] = string.Concat(Enumerable.Repeat(repeated, text["times"]!.GetValue<int>()));
        }

        return request;
    }

    private string[] ReadNames(string key) => _says.TryGetValue(key, out var json) ? JsonSerializer.Deserialize<string[]>(json)! : [];

    private JsonObject Read(string key) => _says.TryGetValue(key, out var json) ? JsonNode.Parse(json)!.AsObject() : [];
}
