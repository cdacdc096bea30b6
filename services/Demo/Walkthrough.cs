using System.Security.Cryptography;
using CodeInterpreter.Client;

namespace CodeInterpreter.Demo;

/// <summary>Shows what the service does, step by step, and checks that it really did it.</summary>
internal sealed class Walkthrough(Interpreter interpreter)
{
    public async Task RunAsync()
    {
        var csv = await ExportAsync();
        await ChartAsync();
        await ReuseAsync(csv);
    }

    private async Task<GeneratedFile> ExportAsync()
    {
        ResultPrinter.Heading("1. Every file the code writes comes back, and is kept");
        var result = await ShowAsync(DemoCode.Export);
        ExpectOutput(result, "Exported to 4 formats!");
        ExpectFile(result, "data.json", "structured");
        ExpectFile(result, "data.xlsx", "data");
        ExpectFile(result, "summary.txt", "text");
        return ExpectFile(result, "data.csv", "data");
    }

    private async Task ChartAsync()
    {
        ResultPrinter.Heading("2. plt.show() gives a picture");
        var result = await ShowAsync(DemoCode.Chart);
        var picture =
            result.GeneratedFiles.FirstOrDefault(file => file.MimeType == "image/png")
            ?? throw new DemoFailedException("plt.show() should give a PNG, but there is none.");

        var bytes = await interpreter.DownloadAsync(picture.FileId);
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != picture.Sha256)
            throw new DemoFailedException($"The downloaded {picture.Filename} is not the one that was written.");
        ResultPrinter.Note($"Downloaded {picture.Filename}: {bytes.Length} bytes, SHA-256 as announced.");
    }

    private async Task ReuseAsync(GeneratedFile csv)
    {
        ResultPrinter.Heading("3. A later execution loads a kept file by its id");
        var result = await ShowAsync(DemoCode.Reuse(csv.FileId), csv.FileId);
        ExpectOutput(result, "Loaded 3 rows");
    }

    private async Task<ExecutionResult> ShowAsync(string code, params string[] userFiles)
    {
        ResultPrinter.Code(code);
        var (result, roundTrip) = await interpreter.ExecuteAsync(code, userFiles);
        ResultPrinter.Result(result, roundTrip);
        if (!result.Success)
            throw new DemoFailedException($"The code should succeed, but ended with {result.Outcome}. {result.Message}");
        return result;
    }

    private static void ExpectOutput(ExecutionResult result, string expected)
    {
        if (result.Output.Trim() != expected)
            throw new DemoFailedException($"The output should be \"{expected}\".");
    }

    private static GeneratedFile ExpectFile(ExecutionResult result, string name, string type)
    {
        var file =
            result.GeneratedFiles.FirstOrDefault(file => file.Filename == name)
            ?? throw new DemoFailedException($"The code wrote {name}, but it is not among the generated files.");
        if (file.Type != type)
            throw new DemoFailedException($"The type of {name} should be \"{type}\", not \"{file.Type}\".");
        if (file.Size == 0)
            throw new DemoFailedException($"{name} is empty.");
        return file;
    }
}
