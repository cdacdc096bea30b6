using System.Collections.Frozen;
using CodeInterpreter.Gateway.Access.Callers;
using CodeInterpreter.Gateway.Audit;
using CodeInterpreter.Gateway.Errors;

namespace CodeInterpreter.Gateway.Access.Keys;

/// <summary>
/// A cache of the valid keys, so that a call costs no query. All keys are read at once: there are few, and guessed keys cause no queries
/// either. They are read again before they are too old, so that calls do not wait for the database. If it is down and the keys are too old,
/// calls fail at once.
/// </summary>
internal sealed class ApiKeyRing
{
    /// <summary>The longest time that a revoked key still works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    /// <summary>How often an unknown key, which may be new, causes a query.</summary>
    public static readonly TimeSpan LookupInterval = TimeSpan.FromSeconds(1);

    // The rest of the lifetime is as long as it takes to notice that the database is down.
    private static readonly TimeSpan RenewAfter = Lifetime / 2;

    private readonly IApiKeyStore _store;
    private readonly AuditLog _audit;
    private readonly TimeProvider _timeProvider;
    private readonly SingleFlight<FrozenDictionary<string, ApiKey>> _query;
    private volatile Snapshot? _last;

    public ApiKeyRing(IApiKeyStore store, AuditLog audit, TimeProvider timeProvider)
    {
        _store = store;
        _audit = audit;
        _timeProvider = timeProvider;
        _query = new SingleFlight<FrozenDictionary<string, ApiKey>>(ReadAsync);
    }

    /// <summary>The caller with a valid key; null for any other key.</summary>
    /// <exception cref="GatewayException">The key has expired, or the database is unavailable.</exception>
    public async Task<Caller?> FindAsync(ApiKeyText presented, CancellationToken cancellationToken)
    {
        var keys = await KeysAsync(Lifetime, cancellationToken);
        if (!keys.ContainsKey(presented.KeyId))
        {
            keys = await KeysAsync(LookupInterval, cancellationToken);
        }

        if (!keys.TryGetValue(presented.KeyId, out var key) || !presented.Is(key))
            return null;
        // Only the holder of a key learns that it has expired.
        return key.ExpiresAt is { } end && end <= _timeProvider.GetUtcNow()
            ? throw new GatewayException(GatewayErrorKind.Unauthenticated, "The API key has expired; create a new one.")
            : new Caller(ApiKeyHandler.SchemeName, $"key/{key.KeyId}", key.UserId);
    }

    private async Task<FrozenDictionary<string, ApiKey>> KeysAsync(TimeSpan maxAge, CancellationToken cancellationToken)
    {
        if (_last is not { } last || _timeProvider.GetElapsedTime(last.At) is var age && age >= maxAge)
        {
            return await _query.GetAsync(cancellationToken);
        }

        if (age >= RenewAfter)
            _query.Prefetch();
        return last.Keys;
    }

    private async Task<FrozenDictionary<string, ApiKey>> ReadAsync()
    {
        // Before the query: the snapshot may miss a key that is revoked while the query runs.
        var queriedAt = _timeProvider.GetTimestamp();
        try
        {
            var keys = (await _store.ListAsync(CancellationToken.None))
                .Where(key => key.RevokedAt is null)
                .ToFrozenDictionary(key => key.KeyId);
            Record(keys);
            _last = new Snapshot(keys, queriedAt);
            return keys;
        }
        catch (GatewayException exception)
        {
            throw new GatewayException(exception.Kind, "Keys cannot be checked at the moment.", exception);
        }
    }

    // The keys may have been changed by a command or in the database itself. Nothing is known about changes before the first query.
    private void Record(FrozenDictionary<string, ApiKey> keys)
    {
        if (_last is not { Keys: var known })
            return;
        foreach (var key in keys.Values.Where(key => !known.ContainsKey(key.KeyId)))
            _audit.KeyAdded(key.KeyId, key.Name, key.UserId, key.ExpiresAt);
        foreach (var key in known.Values.Where(key => !keys.ContainsKey(key.KeyId)))
            _audit.KeyRemoved(key.KeyId, key.Name, key.UserId);
    }

    private sealed record Snapshot(FrozenDictionary<string, ApiKey> Keys, long At);
}
