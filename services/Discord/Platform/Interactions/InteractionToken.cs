namespace CodeInterpreter.Discord.Platform.Interactions;

/// <summary>The right to answer an interaction, for 15 minutes.</summary>
/// <param name="ApplicationId">Our application.</param>
/// <param name="Token">A secret.</param>
internal sealed record InteractionToken(string ApplicationId, string Token)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => $"Token of application {ApplicationId}";
}
