namespace CodeInterpreter.Discord.Platform.Startup;

/// <summary>Stops the service where no further attempt helps before the operator has changed something.</summary>
internal sealed partial class FatalError(IHostApplicationLifetime lifetime, ILogger<FatalError> logger)
{
    /// <summary>Whether that has happened: then the program ends as with wrong settings.</summary>
    public bool HasOccurred { get; private set; }

    /// <param name="reason">What is wrong, and what the operator can do about it.</param>
    public void StopService(string reason)
    {
        HasOccurred = true;
        Stops(reason);
        lifetime.StopApplication();
    }

    [LoggerMessage(520, LogLevel.Critical, "The service stops: {Reason}")]
    private partial void Stops(string reason);
}
