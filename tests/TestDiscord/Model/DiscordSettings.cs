namespace CodeInterpreter.TestDiscord.Model;

/// <summary>The numbers of Discord that a test may change.</summary>
internal sealed record DiscordSettings
{
    /// <summary>How long a bot may take to the first answer.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a bot may speak in a conversation.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How often a bot sends a heartbeat.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromMilliseconds(41_250);

    /// <summary>How many requests a bucket takes in one window.</summary>
    public int BucketLimit { get; init; } = 5;

    /// <summary>How long a window of a bucket is.</summary>
    public TimeSpan BucketWindow { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the address of a file works.</summary>
    public TimeSpan FileLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The privileged intents that are switched on in the developer portal, as bits.</summary>
    public int PrivilegedIntents { get; init; }
}
