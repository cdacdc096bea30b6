using System.Text.Json.Serialization;

namespace CodeInterpreter.Discord.Bot.Requests;

/// <summary>Requests as databases keep them.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(RequestedCode))]
[JsonSerializable(typeof(PendingAnswer))]
internal sealed partial class RequestJson : JsonSerializerContext;
