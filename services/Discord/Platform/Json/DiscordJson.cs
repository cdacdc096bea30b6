using System.Text.Json.Serialization;
using CodeInterpreter.Discord.Platform.Commands;
using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Messages;

namespace CodeInterpreter.Discord.Platform.Json;

/// <summary>
/// Discord's JSON: names with underscores, nothing for null. Unknown fields are ignored, as Discord adds some over time. Properties whose
/// default is not null have a setter: generated readers set all properties with <c>init</c>, those that are missing to null.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(Interaction))]
[JsonSerializable(typeof(InteractionResponse))]
[JsonSerializable(typeof(MessageBody))]
[JsonSerializable(typeof(ModalBody))]
[JsonSerializable(typeof(DeferredBody))]
[JsonSerializable(typeof(Message))]
[JsonSerializable(typeof(IReadOnlyList<ApplicationCommand>))]
internal sealed partial class DiscordJson : JsonSerializerContext;
