namespace CodeInterpreter.Discord.Platform.Gateway;

/// <summary>A session of the gateway, which outlives its connection: a new connection that resumes it gets the events missed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Address">Where it is resumed.</param>
internal sealed record GatewaySession(string Id, Uri Address)
{
    private long _sequence;

    /// <summary>The number of the last event.</summary>
    public long Sequence
    {
        get => Volatile.Read(ref _sequence);
        set => Volatile.Write(ref _sequence, value);
    }
}
