namespace CodeInterpreter.Runner.Sandboxes.Protocol;

/// <summary>The interpreter is up.</summary>
internal sealed record ReadyReport(int Protocol, string Profile, string Python);

/// <summary>The code has ended and none of its processes is left.</summary>
internal sealed record ExitReport(
    int? ExitCode,
    int? Signal,
    string? KilledBy,
    double WallSeconds,
    double CpuUserSeconds,
    double CpuSystemSeconds,
    long PeakMemoryBytes,
    long StdoutBytes,
    long StderrBytes,
    ExceptionReport? Exception = null,
    long OomKills = 0
);

/// <summary>An uncaught exception, as the code's own process reports it; it may be false.</summary>
internal sealed record ExceptionReport(string Type, string Message, IReadOnlyList<FrameReport> Frames, bool Truncated);

/// <summary>One frame of its traceback.</summary>
internal sealed record FrameReport(string File, int Line, string Function, string Code);

/// <summary>A file follows.</summary>
internal sealed record FileReport(string Path, long Size, string? ModifiedFrom = null);

/// <summary>A file is complete, or could not be read to its end.</summary>
internal sealed record FileEndReport(string? Sha256 = null, string? Error = null);

/// <summary>An entry of the output directory is not returned.</summary>
internal sealed record SkippedReport(string Path, string Reason, long Size);

/// <summary>Nothing follows.</summary>
internal sealed record DoneReport(int Files, int Skipped, IReadOnlyList<LeftBehindReport>? LeftBehind = null);

/// <summary>A file outside of the output directory.</summary>
internal sealed record LeftBehindReport(string Path, long Size);

/// <summary>The supervisor itself failed.</summary>
internal sealed record FailureReport(string Message, string? Reason = null);
