using System.Text.Json;
using Microsoft.Extensions.AI;

namespace CodeInterpreter.Client.AI;

/// <summary>Runs the Python of a model.</summary>
internal sealed class PythonTool(CodeInterpreterClient client, CodeInterpreterToolOptions options) : AIFunction
{
    private const string CodeArgument = "code";
    private const string FilesArgument = "file_ids";

    private static readonly JsonElement Schema = JsonDocument
        .Parse(
            """
            {
              "type": "object",
              "properties": {
                "code": {"type": "string", "description": "The whole Python program."},
                "file_ids": {
                  "type": "array",
                  "items": {"type": "string"},
                  "description": "Ids of files to place in the working directory under their own names. Ids in the code need not be listed."
                }
              },
              "required": ["code"],
              "additionalProperties": false
            }
            """
        )
        .RootElement.Clone();

    public override string Name => options.Name;

    public override string Description => options.Description;

    public override JsonElement JsonSchema => Schema;

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        if (!arguments.TryGetValue(CodeArgument, out var argument) || TextOf(argument) is not { } code)
            return "The argument `code` is missing: send the whole Python program in it.";

        try
        {
            var request = new ExecutionRequest(code)
            {
                Files = [.. options.Files, .. IdsIn(arguments).Select(id => InputFile.FromStore(id))],
                Limits = options.Limits,
                Echo = true,
                IncludeData = options.MaxPictureBytes > 0,
            };
            var result = await client.RunAsync(request, cancellationToken);
            options.OnResult?.Invoke(result);
            return new ToolAnswer(options).Of(result);
        }
        // The model can mend that.
        catch (CodeInterpreterException exception) when (exception.Reason == ErrorReasons.InvalidArgument)
        {
            return $"The code did not run. {exception.Message}";
        }
    }

    private static IEnumerable<string> IdsIn(AIFunctionArguments arguments) =>
        arguments.TryGetValue(FilesArgument, out var value)
            ? value switch
            {
                JsonElement { ValueKind: JsonValueKind.Array } array => array
                    .EnumerateArray()
                    .Select(item => TextOf(item))
                    .OfType<string>(),
                IEnumerable<string> ids => ids,
                _ => [],
            }
            : [];

    private static string? TextOf(object? value) =>
        value switch
        {
            string text => text,
            JsonElement { ValueKind: JsonValueKind.String } element => element.GetString(),
            _ => null,
        };
}
