using System.Collections.Frozen;
using CodeInterpreter.Gateway.Errors;

namespace CodeInterpreter.Gateway.Access.Keys;

/// <summary>
/// The valid keys as they were a short while ago, so that a call costs no query. All of them are read at once: there are few, and
/// a caller who tries keys that do not exist makes no queries either. They are read anew before they get too old, so that calls
/// do not wait for the database; while it is away, calls are refused at once when the keys are too old.
/// </summary>
internal sealed class ApiKeyRing
{
    /// <summary>A revoked key works for that long at most.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    /// <summary>A key that has just been made is looked for that often.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    // What is left of the lifetime then is as long as it takes to find out that the database is away.
    private static readonly TimeSpan RenewAfter = Lifetime / 2;

    private readonly IApiKeyStore _store;
    private readonly TimeProvider _timeProvider;
    private readonly SharedQuestion<FrozenDictionary<string, ApiKey>> _question;
    private volatile Reading? _last;

    public ApiKeyRing(IApiKeyStore store, TimeProvider timeProvider)
    {
        _store = store;
        _timeProvider = timeProvider;
        _question = new SharedQuestion<FrozenDictionary<string, ApiKey>>(ReadAsync);
    }

    /// <summary>The holder of a valid key; null for any other.</summary>
    public async Task<Caller?> FindAsync(ApiKeyText presented, CancellationToken cancellationToken)
    {
        var keys = await KeysAsync(Lifetime, cancellationToken);
        if (!keys.ContainsKey(presented.KeyId))
        {
            keys = await KeysAsync(LookInterval, cancellationToken);
        }

        return keys.TryGetValue(presented.KeyId, out var key) && presented.Is(key) ? new Caller($"key/{key.KeyId}", key.UserId) : null;
    }

    private async Task<FrozenDictionary<string, ApiKey>> KeysAsync(TimeSpan maxAge, CancellationToken cancellationToken)
    {
        if (_last is not { } last || _timeProvider.GetElapsedTime(last.At) is var age && age >= maxAge)
        {
            return await _question.AskAsync(cancellationToken);
        }

        if (age >= RenewAfter)
            _question.AskAhead();
        return last.Keys;
    }

    private async Task<FrozenDictionary<string, ApiKey>> ReadAsync()
    {
        // Before the question: what is revoked while it is answered counts as known from here on.
        var asked = _timeProvider.GetTimestamp();
        try
        {
            var keys = (await _store.ListAsync(CancellationToken.None))
                .Where(key => key.RevokedAt is null)
                .ToFrozenDictionary(key => key.KeyId);
            _last = new Reading(keys, asked);
            return keys;
        }
        catch (GatewayException exception)
        {
            throw new GatewayException(exception.Kind, "Keys cannot be checked at the moment.", exception);
        }
    }

    private sealed record Reading(FrozenDictionary<string, ApiKey> Keys, long At);
}
