using System.Collections.Concurrent;

namespace CodeInterpreter.ServiceDefaults.Settings;

/// <summary>The sections whose settings this process has logged. Hosts of one process share it, so that each is logged once.</summary>
public sealed class LoggedSections
{
    private readonly ConcurrentDictionary<string, bool> _paths = new();

    /// <summary>Whether this is the first call for the section.</summary>
    internal bool Add(string path) => _paths.TryAdd(path, true);
}
