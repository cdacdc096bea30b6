using CodeInterpreter.Execution.V1;
using Grpc.Core;

namespace CodeInterpreter.EndToEnd.Tests.Documentation;

/// <summary>The C# of docs/api.md, word for word: a test compares them.</summary>
internal static class CSharpExample
{
    public static async Task RunAsync()
    {
        using var channel = GrpcChannel.ForAddress("http://127.0.0.1:8081");
        var executions = new ExecutionService.ExecutionServiceClient(channel);
        var request = new ExecuteRequest
        {
            UserId = "me",
            Code = "print(6 * 7)\nopen('out.txt', 'w').write('kept')",
            Limits = new ExecutionLimits { WallTimeSeconds = 10 },
        };

        // Wait for the result ...
        var result = await executions.ExecuteAsync(request);
        Console.Write($"{result.Outcome}: {result.Output}");

        // ... or stream the events.
        using var call = executions.ExecuteStream(request);
        await foreach (var told in call.ResponseStream.ReadAllAsync())
        {
            switch (told.EventCase)
            {
                case ExecutionEvent.EventOneofCase.Stdout:
                    Console.Write(told.Stdout);
                    break;
                case ExecutionEvent.EventOneofCase.Stderr:
                    Console.Error.Write(told.Stderr);
                    break;
                case ExecutionEvent.EventOneofCase.File:
                    Console.WriteLine($"{told.File.Filename}: {told.File.Size} bytes");
                    break;
                case ExecutionEvent.EventOneofCase.Finished:
                    Console.WriteLine(told.Finished.Outcome);
                    break;
            }
        }
    }

    // Stand in front of the real ones, so that the example runs as it is against the product of the test.
    internal static class Console
    {
        private static readonly StringWriter Out = new();

        public static StringWriter Error { get; } = new();

        public static string Printed => Out.ToString();

        public static void Write(string text) => Out.Write(text);

        public static void WriteLine(object value) => Out.Write($"{value}\n");
    }

    internal static class GrpcChannel
    {
        public static Uri Product { get; set; } = null!;

        public static global::Grpc.Net.Client.GrpcChannel ForAddress(string address)
        {
            address.ShouldBe("http://127.0.0.1:8081");
            return global::Grpc.Net.Client.GrpcChannel.ForAddress(Product);
        }
    }
}
