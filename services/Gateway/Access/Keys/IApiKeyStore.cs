namespace CodeInterpreter.Gateway.Access.Keys;

/// <summary>Keeps API keys.</summary>
internal interface IApiKeyStore
{
    Task AddAsync(ApiKey key, CancellationToken cancellationToken);

    /// <summary>All of them, revoked ones included, the oldest first.</summary>
    Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken);

    /// <summary>False when there is no such key. One that is revoked already keeps its moment.</summary>
    Task<bool> RevokeAsync(string keyId, DateTimeOffset now, CancellationToken cancellationToken);
}
