using CodeInterpreter.Gateway.Access.Keys;

namespace CodeInterpreter.Gateway.Tests.Access;

/// <summary>Keys in memory, and how often they were asked for.</summary>
internal sealed class KeysInMemory : IApiKeyStore
{
    private readonly List<ApiKey> _keys = [];

    public int Listed { get; private set; }

    public Exception? Failure { get; set; }

    /// <summary>The answer comes no earlier than this ends.</summary>
    public Task Answering { get; set; } = Task.CompletedTask;

    public Task AddAsync(ApiKey key, CancellationToken cancellationToken)
    {
        _keys.Add(key);
        return Task.CompletedTask;
    }

    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken)
    {
        Listed++;
        await Answering.WaitAsync(cancellationToken);
        return Failure is null ? [.. _keys] : throw Failure;
    }

    public Task<bool> RevokeAsync(string keyId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var index = _keys.FindIndex(key => key.KeyId == keyId);
        if (index >= 0)
            _keys[index] = _keys[index] with { RevokedAt = now };
        return Task.FromResult(index >= 0);
    }

    /// <summary>Makes a key and returns it as its holder has it.</summary>
    public ApiKeyText Make(string? userId = null) => this.MakeAsync(userId).Result;
}
