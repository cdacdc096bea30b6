using System.Collections.Concurrent;

namespace CodeInterpreter.Discord.Bot.Answers;

/// <summary>The answers that this process is working on. Only their leases are renewed.</summary>
internal sealed class ActiveAnswers(TimeProvider time)
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, bool> _ids = new();

    /// <summary>A name that no other process has.</summary>
    public string Owner { get; } = Guid.NewGuid().ToString("N");

    public IReadOnlyCollection<string> Ids => [.. _ids.Keys];

    /// <summary>A lease from now on.</summary>
    public Requests.Lease NewLease() => new(Owner, time.GetUtcNow() + LeaseTime);

    /// <summary>Begins to work on an answer.</summary>
    /// <returns>Whether nobody in this process did so before.</returns>
    public bool TryBegin(string id) => _ids.TryAdd(id, true);

    public void End(string id) => _ids.TryRemove(id, out _);
}
