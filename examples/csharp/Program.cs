using CodeInterpreter.Client;

var address = Environment.GetEnvironmentVariable("CODE_INTERPRETER_GRPC") ?? "http://127.0.0.1:8081";
using var client = new CodeInterpreterClient(address, userId: "example", Environment.GetEnvironmentVariable("CODE_INTERPRETER_KEY"));

// Upload a table, and let code make a report of it. Its output appears while it runs.
var sales = await client.Files.UploadAsync(new MemoryStream("month,sold\nMay,3\nJune,4\n"u8.ToArray()), "sales.csv");
var request = new ExecutionRequest(
    """
    table = load_file('sales.csv')
    print(f'{len(table)} months', flush=True)
    table.describe().to_csv('report.csv')
    print('total', table['sold'].sum())
    """
)
{
    Files = [InputFile.FromStore(sales.FileId)],
};
GeneratedFile? report = null;
await foreach (var happened in client.StreamAsync(request))
{
    if (happened is ExecutionEvent.Stdout output)
        Console.Write(output.Text);
    else if (happened is ExecutionEvent.Finished finished)
        report = finished.Result.EnsureSucceeded().FindFile("report.csv");
}

// Read the first line of the report without downloading the rest.
await using var content = await client.Files.OpenAsync(report!.FileId);
using var reader = new StreamReader(content);
Console.WriteLine($"{report.Filename}: {await reader.ReadLineAsync()}");

// Failing code is a value, a request that is wrong is an exception.
var failed = await client.RunAsync("undefined");
Console.WriteLine($"{failed.Outcome}: {failed.Exception?.Message}");
try
{
    await client.RunAsync(new ExecutionRequest("1") { Limits = new ExecutionLimits { WallTime = TimeSpan.FromDays(1) } });
}
catch (CodeInterpreterException exception)
{
    Console.WriteLine($"{exception.Reason}: {exception.Violations[0].Field}");
}
