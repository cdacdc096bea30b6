using System.Text.Json.Serialization;

namespace CodeInterpreter.Discord.Platform.Rest;

/// <summary>What only the API's client reads.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Application))]
[JsonSerializable(typeof(GatewayAddress))]
[JsonSerializable(typeof(RestError))]
internal sealed partial class RestJson : JsonSerializerContext;
