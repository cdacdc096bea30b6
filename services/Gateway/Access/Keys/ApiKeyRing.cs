using System.Collections.Frozen;
using CodeInterpreter.Gateway.Errors;

namespace CodeInterpreter.Gateway.Access.Keys;

/// <summary>
/// The valid keys as they were a short while ago, so that a call costs no query. All of them are read at once: there are few, and
/// whoever tries keys that do not exist makes no queries either.
/// </summary>
internal sealed class ApiKeyRing(IApiKeyStore store, TimeProvider timeProvider) : IDisposable
{
    /// <summary>A revoked key works for that long at most.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    /// <summary>A key that has just been made is looked for that often.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _reading = new(1);
    private volatile Reading? _last;

    /// <summary>The holder of a valid key; null for any other.</summary>
    public async Task<Caller?> FindAsync(ApiKeyText presented, CancellationToken cancellationToken)
    {
        var keys = await ReadAsync(Lifetime, cancellationToken);
        if (!keys.ContainsKey(presented.KeyId))
        {
            keys = await ReadAsync(LookInterval, cancellationToken);
        }

        return keys.TryGetValue(presented.KeyId, out var key) && presented.Is(key)
            ? new Caller($"key/{key.KeyId}", key.UserId)
            : null;
    }

    public void Dispose() => _reading.Dispose();

    private async Task<FrozenDictionary<string, ApiKey>> ReadAsync(TimeSpan maxAge, CancellationToken cancellationToken)
    {
        if (Fresh(maxAge) is { } known) return known;

        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (Fresh(maxAge) is { } readMeanwhile) return readMeanwhile;

            // Before the question: what is revoked while it is answered counts as known from here on.
            var asked = timeProvider.GetTimestamp();
            var keys = (await store.ListAsync(cancellationToken))
                .Where(key => key.RevokedAt is null).ToFrozenDictionary(key => key.KeyId);
            _last = new Reading(keys, asked);
            return keys;
        }
        catch (GatewayException exception)
        {
            throw new GatewayException(exception.Kind, "Keys cannot be checked at the moment.", exception);
        }
        finally
        {
            _reading.Release();
        }
    }

    private FrozenDictionary<string, ApiKey>? Fresh(TimeSpan maxAge) =>
        _last is { } last && timeProvider.GetElapsedTime(last.At) < maxAge ? last.Keys : null;

    private sealed record Reading(FrozenDictionary<string, ApiKey> Keys, long At);
}
