namespace CodeInterpreter.Gateway.Executions;

/// <summary>What a request may contain. Part of the API, so not for the operator to change.</summary>
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

    /// <summary>What the interpreter alone needs.</summary>
    public const long MinMemoryBytes = 64L * 1024 * 1024;

    /// <summary>The code itself.</summary>
    public const int MinProcesses = 1;

    /// <summary>Node.js alone has some ten threads.</summary>
    public const int MinNodeProcesses = 16;

    /// <summary>Larger files are not put into a result; neither are more bytes than twice that.</summary>
    public const int IncludedFileBytes = 1024 * 1024;

    /// <summary>More would not fit into the header that carries them in gRPC, and no one reads them.</summary>
    public const int ReportedViolations = 16;
}
