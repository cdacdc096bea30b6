namespace CodeInterpreter.Demo;

/// <summary>What a newcomer can do after the demo.</summary>
internal static class NextSteps
{
    public static void Print(DemoOptions options)
    {
        var http = options.Http.GetLeftPart(UriPartial.Authority);
        ResultPrinter.Heading("All of it worked. Where to go next");

        // Not through AnsiConsole: commands must be copyable as they are, whatever the width.
        Console.WriteLine(
            $$"""
            Keep the service running, on {{http}}:
              make run
            Read and try the HTTP API in a browser:
              {{http}}/docs
            Run your own code:
              curl {{http}}/v1/executions -H content-type:application/json -d '{"user_id": "me", "code": "print(6 * 7)"}'
            Upload a file of yours, for load_file in your code:
              curl {{http}}/v1/files -F user_id=me -F file=@README.md
            """
        );
    }
}
