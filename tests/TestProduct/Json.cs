using System.Text.Json.Nodes;

namespace CodeInterpreter.TestProduct;

/// <summary>Short ways into an answer.</summary>
internal static class Json
{
    public static string Text(this JsonObject answer, string field) => answer[field]!.GetValue<string>();

    public static string Text(this JsonObject answer, string field, int index) => answer[field]![index]!.GetValue<string>();

    public static IReadOnlyList<JsonObject> Objects(this JsonObject answer, string field) =>
        [.. answer[field]!.AsArray().Select(item => item!.AsObject())];

    /// <summary>The generated file of that name.</summary>
    public static JsonObject File(this JsonObject answer, string name) =>
        answer.Objects("generated_files").Single(file => file.Text("filename") == name);

    public static IReadOnlyList<string> FileNames(this JsonObject answer) =>
        [.. answer.Objects("generated_files").Select(file => file.Text("filename"))];
}
