namespace CodeInterpreter.Runner.Docker;

/// <summary>
/// What this machine does with the memory of processes that crash. A program that it is handed to is started by the kernel, as root and
/// outside of any container; see docs/security.md.
/// </summary>
internal static class CorePattern
{
    private const string Setting = "/proc/sys/kernel/core_pattern";

    /// <summary>Whether it is handed to a program. Null where that cannot be seen.</summary>
    public static bool? StartsAProgram(string setting = Setting)
    {
        try
        {
            return File.ReadAllText(setting).StartsWith('|');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
