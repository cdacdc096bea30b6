using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;

namespace CodeInterpreter.Client.AI;

/// <summary>Tells a model how its code ended.</summary>
internal sealed class ToolAnswer(CodeInterpreterToolOptions options)
{
    /// <summary>A text, or a list of contents where there are pictures to show.</summary>
    public object Of(ExecutionResult result)
    {
        var text = TextOf(result);
        var pictures = result.GeneratedFiles.Where(IsShown).Select(ToContent).ToList();
        if (pictures.Count == 0)
            return text;
        List<AIContent> contents = [new TextContent(text), .. pictures];
        return contents;
    }

    private bool IsShown(GeneratedFile file) =>
        file.Data is { } data
        && data.Length > 0
        && data.Length <= options.MaxPictureBytes
        && file.MimeType is "image/png" or "image/jpeg" or "image/gif" or "image/webp";

    private static DataContent ToContent(GeneratedFile file) => new(file.Data!.Value, file.MimeType) { Name = file.Filename };

    private string TextOf(ExecutionResult result)
    {
        var text = new StringBuilder();
        Append(text, Joined(result.Output, result.OutputTail));
        if (result.Error.Length > 0)
            Append(text.Append("[standard error]\n"), Joined(result.Error, result.ErrorTail));
        if (!result.Success)
            text.Append(CultureInfo.InvariantCulture, $"[{result.Outcome}, return code {result.ReturnCode}] {result.Message}\n");
        if (result.GeneratedFiles.Count > 0)
            text.Append("[files]\n");
        foreach (var file in result.GeneratedFiles)
            text.Append(CultureInfo.InvariantCulture, $"{OneLine(file.Filename)} ({file.MimeType}, {file.Size} bytes): {file.FileId}\n");
        foreach (var file in result.SkippedFiles)
            text.Append(CultureInfo.InvariantCulture, $"{OneLine(file.Path)} was not kept: {file.Detail}\n");
        return text.Length == 0 ? "The code succeeded and printed nothing." : text.ToString();
    }

    private void Append(StringBuilder text, string stream)
    {
        if (stream.Length > options.MaxOutputLength)
        {
            var half = options.MaxOutputLength / 2;
            stream = $"{stream[..half]}\n[{stream.Length - 2 * half} characters left out]\n{stream[^half..]}";
        }

        text.Append(stream);
        if (stream.Length > 0 && stream[^1] != '\n')
            text.Append('\n');
    }

    private static string Joined(string begin, string end) => end.Length == 0 ? begin : $"{begin}\n[...]\n{end}";

    // The code chose it, and may try to add lines of its own.
    private static string OneLine(string name) => name.Replace('\n', ' ').Replace('\r', ' ');
}
