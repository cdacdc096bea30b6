namespace CodeInterpreter.FileStore.Telemetry;

/// <summary>Where the file store's metrics belong.</summary>
internal static class FileStoreTelemetry
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "CodeInterpreter.FileStore";
}
