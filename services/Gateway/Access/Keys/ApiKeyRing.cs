using System.Collections.Frozen;
using CodeInterpreter.Gateway.Access.Callers;
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
    private readonly TimeProvider _timeProvider;
    private readonly SingleFlight<FrozenDictionary<string, ApiKey>> _query;
    private volatile Snapshot? _last;

    public ApiKeyRing(IApiKeyStore store, TimeProvider timeProvider)
    {
        _store = store;
        _timeProvider = timeProvider;
        _query = new SingleFlight<FrozenDictionary<string, ApiKey>>(ReadAsync);
    }

    /// <summary>The caller with a valid key; null for any other key.</summary>
    public async Task<Caller?> FindAsync(ApiKeyText presented, CancellationToken cancellationToken)
    {
        var keys = await KeysAsync(Lifetime, cancellationToken);
        if (!keys.ContainsKey(presented.KeyId))
        {
            keys = await KeysAsync(LookupInterval, cancellationToken);
        }

        return keys.TryGetValue(presented.KeyId, out var key) && presented.Is(key)
            ? new Caller(ApiKeyHandler.SchemeName, $"key/{key.KeyId}", key.UserId)
            : null;
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
            _last = new Snapshot(keys, queriedAt);
            return keys;
        }
        catch (GatewayException exception)
        {
            throw new GatewayException(exception.Kind, "Keys cannot be checked at the moment.", exception);
        }
    }

    private sealed record Snapshot(FrozenDictionary<string, ApiKey> Keys, long At);
}
