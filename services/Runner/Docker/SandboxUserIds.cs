using System.Collections.Concurrent;
using System.Security.Cryptography;
using CodeInterpreter.Runner.Sandboxes;

namespace CodeInterpreter.Runner.Docker;

/// <summary>
/// The user ids that this runner's sandboxes have. Other runners of the engine take theirs from the same range: the engine decides, as the
/// name of a container has the id in it. An id that was given back is used again after all others.
/// </summary>
internal sealed class SandboxUserIds(SandboxOptions options)
{
    /// <summary>User ids in a container of an engine that maps them.</summary>
    public const int Mapped = 65_536;

    private const long First = 1_900_000_000;
    private const long FirstMapped = 20_000;

    private readonly ConcurrentDictionary<long, bool> _taken = new();
    private readonly bool _chosen = options.FirstUserId > 0;
    private long _first = options.FirstUserId > 0 ? options.FirstUserId : First;
    private int _next = RandomNumberGenerator.GetInt32(options.UserIds);

    /// <summary>How many there are.</summary>
    public int Count => options.UserIds;

    /// <summary>The next that this runner has not got.</summary>
    /// <exception cref="SandboxEngineException">It has all.</exception>
    public long Take()
    {
        for (var tried = 0; tried < Count; tried++)
        {
            var id = _first + ((uint)Interlocked.Increment(ref _next) % (uint)Count);
            if (_taken.TryAdd(id, true))
                return id;
        }

        throw Exhausted();
    }

    /// <summary>The sandbox was removed, or never existed.</summary>
    public void Return(long id) => _taken.TryRemove(id, out _);

    /// <summary>Whether a container of that name is one of this runner's that it knows of.</summary>
    public bool Has(string container) => _taken.Keys.Any(id => SandboxContainer.NameFor(id) == container);

    /// <summary>Keeps within what an engine that maps users has, unless the options name a range.</summary>
    public void Fit(bool mapped)
    {
        if (!_chosen)
            _first = mapped ? FirstMapped : First;
    }

    public SandboxEngineException Exhausted() =>
        new($"All {Count} user ids from {_first} on belong to sandboxes of this engine. Raise Sandbox:UserIds, on all its runners.");
}
