namespace CodeInterpreter.Discord.Platform.Rest;

/// <summary>Where the gateway is, and how often a connection may identify itself.</summary>
internal sealed record GatewayAddress
{
    public string Url { get; set; } = "";

    /// <summary>How many connections Discord recommends.</summary>
    public int Shards { get; set; } = 1;

    public SessionStartLimit SessionStartLimit { get; set; } = new();
}

/// <summary>How often connections may identify themselves.</summary>
internal sealed record SessionStartLimit
{
    public int Total { get; set; } = 1000;

    public int Remaining { get; set; } = 1000;

    /// <summary>Milliseconds until <see cref="Remaining"/> is <see cref="Total"/> again.</summary>
    public long ResetAfter { get; init; }

    /// <summary>How many may identify themselves within five seconds.</summary>
    public int MaxConcurrency { get; set; } = 1;
}
