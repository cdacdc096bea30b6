namespace CodeInterpreter.TestDiscord.Interactions;

/// <summary>A file that a person attaches. A wrong size is one that Discord reports but the file does not have.</summary>
internal sealed record Upload(string FileName, byte[] Bytes)
{
    public string? ContentType { get; init; }

    public long? ReportedSize { get; init; }

    /// <summary>Another address than that of the file host.</summary>
    public Uri? Address { get; init; }
}
