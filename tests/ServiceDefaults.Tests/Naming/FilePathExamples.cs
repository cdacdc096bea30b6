using System.Text.Json;

namespace CodeInterpreter.ServiceDefaults.Tests.Naming;

/// <summary>The examples of file paths that the tests of the supervisor read as well.</summary>
internal static class FilePathExamples
{
    private const string Resource = "file_paths.json";

    /// <summary>The paths of a list of the file, <c>valid</c> or <c>invalid</c>.</summary>
    public static IReadOnlyList<string> Of(string list)
    {
        using var stream = typeof(FilePathExamples).Assembly.GetManifestResourceStream(Resource)!;
        using var examples = JsonDocument.Parse(stream);
        return [.. examples.RootElement.GetProperty(list).EnumerateArray().Select(PathOf)];
    }

    private static string PathOf(JsonElement example) =>
        example.TryGetProperty("path", out var path)
            ? path.GetString()!
            : string.Concat(Enumerable.Repeat(example.GetProperty("letter").GetString(), example.GetProperty("count").GetInt32()))
                + (example.TryGetProperty("after", out var after) ? after.GetString() : "");
}
