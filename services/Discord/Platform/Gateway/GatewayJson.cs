using System.Text.Json.Serialization;

namespace CodeInterpreter.Discord.Platform.Gateway;

/// <summary>The messages of the gateway.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(GatewayMessage))]
[JsonSerializable(typeof(GatewayCommand<long?>))]
[JsonSerializable(typeof(GatewayCommand<Identify>))]
[JsonSerializable(typeof(GatewayCommand<Resume>))]
[JsonSerializable(typeof(Hello))]
[JsonSerializable(typeof(Ready))]
internal sealed partial class GatewayJson : JsonSerializerContext;
