namespace CodeInterpreter.Gateway.Executions.Requests;

/// <summary>Limits of the content of requests. They are part of the API, so operators cannot change them.</summary>
internal static class RequestLimits
{
    public const int CodeBytes = 1024 * 1024;

    public const int StdinBytes = 1024 * 1024;

    public const int UserFiles = 100;

    public const int Args = 100;

    public const int ArgsBytes = 32 * 1024;

    public const int InlineFiles = 10;

    public const int InlineFileBytes = 2 * 1024 * 1024;

    public const int Variables = 100;

    public const int VariableBytes = 32 * 1024;

    public const int IdempotencyKeyLength = 128;

    public const int InputBytes = 64 * 1024;

    /// <summary>Node.js itself has about ten threads.</summary>
    public const int MinNodeProcesses = 16;

    /// <summary>The largest file whose content is sent with a result, in bytes. All such files together have at most twice that.</summary>
    public const int IncludedFileBytes = 1024 * 1024;

    /// <summary>The most violations in one error: more would not fit into the gRPC header that carries them.</summary>
    public const int ReportedViolations = 16;
}
