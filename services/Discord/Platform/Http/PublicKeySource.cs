using CodeInterpreter.Discord.Settings;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Discord.Platform.Http;

/// <summary>The key that Discord signs with: from the settings, or from Discord once it has answered.</summary>
internal sealed class PublicKeySource(IOptions<DiscordOptions> options)
{
    private volatile InteractionSignature? _signature = InteractionSignature.WithKey(options.Value.PublicKey);

    /// <summary>Checks signatures; null until the key is known.</summary>
    public InteractionSignature? Signature => _signature;

    /// <summary>Takes the key that Discord names, unless the settings have one.</summary>
    public void Learn(string key) => _signature ??= InteractionSignature.WithKey(key);
}
