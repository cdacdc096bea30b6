namespace CodeInterpreter.Discord.Platform.Rest;

/// <summary>Our application, as Discord knows it.</summary>
internal sealed record Application
{
    public required string Id { get; init; }

    /// <summary>The public key that Discord signs interactions with, in hexadecimal.</summary>
    public string VerifyKey { get; set; } = "";
}
