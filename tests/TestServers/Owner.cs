using System.Diagnostics;
using System.Globalization;

namespace CodeInterpreter.TestServers;

/// <summary>The process that servers belong to; those of one that is gone may be removed by anybody.</summary>
internal static class Owner
{
    public static string Id { get; } = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    public static bool IsAlive(string id)
    {
        if (!int.TryParse(id, CultureInfo.InvariantCulture, out var processId))
            return false;
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
