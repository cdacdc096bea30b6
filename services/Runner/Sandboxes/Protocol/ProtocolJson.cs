using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace CodeInterpreter.Runner.Sandboxes.Protocol;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 5
)]
[JsonSerializable(typeof(ItemCommand))]
[JsonSerializable(typeof(ExecuteCommand))]
[JsonSerializable(typeof(KillCommand))]
[JsonSerializable(typeof(ReadyReport))]
[JsonSerializable(typeof(ExitReport))]
[JsonSerializable(typeof(FileReport))]
[JsonSerializable(typeof(FileEndReport))]
[JsonSerializable(typeof(SkippedReport))]
[JsonSerializable(typeof(DoneReport))]
[JsonSerializable(typeof(FailureReport))]
internal sealed partial class ProtocolJson : JsonSerializerContext
{
    /// <summary>Reads a payload that should be one JSON object.</summary>
    /// <exception cref="SandboxFailedException">It is something else.</exception>
    public static T Read<T>(ReadOnlySequence<byte> payload, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            var reader = new Utf8JsonReader(payload);
            var value = JsonSerializer.Deserialize(ref reader, type) ?? throw new SandboxFailedException($"A {typeof(T).Name} is null.");
            return reader.BytesConsumed == payload.Length ? value : throw new SandboxFailedException($"Bytes follow a {typeof(T).Name}.");
        }
        catch (JsonException)
        {
            // Its message can have names in it that the sandbox chose.
            throw new SandboxFailedException($"A {typeof(T).Name} is malformed.");
        }
    }
}
