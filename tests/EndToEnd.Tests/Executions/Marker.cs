using System.Globalization;

namespace CodeInterpreter.EndToEnd.Tests.Executions;

/// <summary>A process that code can start and that an operator can tell from all others.</summary>
internal sealed class Marker
{
    private readonly string _seconds = Random.Shared.NextInt64(1_000_000_000_000).ToString(CultureInfo.InvariantCulture);

    /// <summary>Python that starts it.</summary>
    public string Start => $"__import__('subprocess').Popen(['sleep', '{_seconds}'])";

    /// <summary>Waits until it runs, and returns its container.</summary>
    public async Task<string> ContainerAsync(string runnerId)
    {
        string? found = null;
        await TestServers.Eventually.TrueAsync(async () => (found = await FindAsync(runnerId)) is not null);
        return found!;
    }

    /// <summary>Waits until a container is no more, running or not, and its processes with it.</summary>
    public static Task GoneAsync(string runnerId, string container) =>
        TestServers.Eventually.TrueAsync(async () => !(await Docker.ContainersOfAsync(runnerId)).Contains(container));

    /// <summary>The container it runs in; null when none of that runner.</summary>
    public async Task<string?> FindAsync(string runnerId)
    {
        foreach (var container in await Docker.ContainersOfAsync(runnerId))
        {
            if ((await Docker.ProcessesOfAsync(container)).Any(process => process.Contains(_seconds, StringComparison.Ordinal)))
                return container;
        }

        return null;
    }
}
