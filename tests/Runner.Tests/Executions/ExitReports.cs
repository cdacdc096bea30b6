namespace CodeInterpreter.Runner.Tests.Executions;

/// <summary>Exit reports of code that succeeded, as a sandbox sends them.</summary>
internal static class ExitReports
{
    /// <summary>It printed nothing.</summary>
    public const string Silent = Beginning + "0" + End;

    /// <summary>It printed five bytes.</summary>
    public const string FiveBytes = Beginning + "5" + End;

    private const string Beginning =
        """{"exit_code":0,"signal":null,"killed_by":null,"wall_seconds":0.1,"cpu_user_seconds":0,"cpu_system_seconds":0,"""
        + """ "peak_memory_bytes":1,"stdout_bytes":""";

    private const string End = ""","stderr_bytes":0}""";
}
