namespace CodeInterpreter.Discord.Bot.Requests;

/// <summary>
/// The requests of users and the answers that are owed to them. All replicas share it: an answer belongs to the replica that leases it, and
/// another one takes it when the lease has expired. A user has at most one pending answer.
/// </summary>
internal interface IRequestStore
{
    /// <summary>Adds a request. One with a pending answer is leased.</summary>
    Task<Addition> AddAsync(StoredRequest request, Lease lease, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The request of that id; null where it is unknown or was deleted.</summary>
    Task<StoredRequest?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Keeps what has become of a request whose answer is leased.</summary>
    /// <returns>Whether the lease still holds; otherwise nothing was changed.</returns>
    Task<bool> UpdateAsync(StoredRequest request, string owner, CancellationToken cancellationToken);

    /// <summary>
    /// Forgets the pending answer of a request: it is given, or cannot be given. One that another replica has taken stays there.
    /// </summary>
    Task FinishAsync(string id, string owner, CancellationToken cancellationToken);

    /// <summary>Leases all pending answers whose leases have expired, while Discord still takes them.</summary>
    Task<IReadOnlyList<StoredRequest>> TakeOverAsync(Lease lease, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Makes the leases of these answers last until then. One that another replica has taken stays there.</summary>
    Task RenewAsync(IReadOnlyCollection<string> ids, Lease lease, CancellationToken cancellationToken);

    /// <summary>Deletes all requests of a user but one with a pending answer.</summary>
    Task DeleteOfUserAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Deletes requests from before that moment, and forgets pending answers that Discord takes no more.</summary>
    Task SweepAsync(DateTimeOffset receivedBefore, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>What came of adding a request.</summary>
internal enum Addition
{
    Added,

    /// <summary>It was there: Discord has delivered it twice.</summary>
    Known,

    /// <summary>The user waits for another answer.</summary>
    UserBusy,
}

/// <summary>Who gives an answer, and until when nobody else does.</summary>
/// <param name="Owner">A name that no other process has.</param>
/// <param name="Until">The end.</param>
internal sealed record Lease(string Owner, DateTimeOffset Until);
