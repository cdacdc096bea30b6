using CodeInterpreter.Client;
using Spectre.Console;

namespace CodeInterpreter.Demo;

/// <summary>Writes executions to the terminal, or as plain text to a log.</summary>
internal static class ResultPrinter
{
    /// <summary>Columns the table of files may need.</summary>
    public const int MinimumWidth = 100;

    public static void Heading(string text)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLineInterpolated($"[bold]{text}[/]");
    }

    public static void Note(string text) => AnsiConsole.MarkupLineInterpolated($"[grey]{text}[/]");

    public static void Code(string code) =>
        AnsiConsole.Write(new Panel(new Text(code.TrimEnd().Trim('\n'))).BorderColor(Color.Grey).Header("Python"));

    public static void Result(ExecutionResult result, TimeSpan roundTrip)
    {
        Stream(result.Output, new Style(Color.Green));
        Stream(result.Error, new Style(Color.Red));
        if (result.GeneratedFiles.Count > 0)
            AnsiConsole.Write(Files(result.GeneratedFiles));
        foreach (var skipped in result.SkippedFiles)
            AnsiConsole.MarkupLineInterpolated($"[yellow]not kept:[/] {skipped.Path}: {skipped.Detail}");
        Note($"Code {Milliseconds(result.ExecutionTime)}, answer after {Milliseconds(roundTrip)}.");
    }

    private static void Stream(string text, Style style)
    {
        if (text.Length > 0)
            AnsiConsole.Write(new Text(text.TrimEnd() + Environment.NewLine, style));
    }

    private static Table Files(IEnumerable<GeneratedFile> files)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var title in (string[])["name", "type", "size", "file id", "expires"])
            table.AddColumn(new TableColumn($"[underline]{title}[/]") { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        table.Columns[2].RightAligned();
        foreach (var file in files)
            table.AddRow(Cells(file));
        return table;
    }

    private static Text[] Cells(GeneratedFile file) =>
        [
            new(file.Filename),
            new(file.Type),
            new($"{file.Size}"),
            new(file.FileId, new Style(Color.Blue)),
            new($"in {(file.ExpiresAt - DateTimeOffset.UtcNow).TotalHours:0} h"),
        ];

    private static string Milliseconds(TimeSpan time) => $"{time.TotalMilliseconds:0} ms";
}
