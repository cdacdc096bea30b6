namespace CodeInterpreter.Gateway.Access.Keys;

/// <summary>Stores API keys.</summary>
internal interface IApiKeyStore
{
    Task AddAsync(ApiKey key, CancellationToken cancellationToken);

    /// <summary>All keys, including revoked ones, oldest first.</summary>
    Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Returns false if there is no such key. A key that is already revoked does not change.</summary>
    Task<bool> RevokeAsync(string keyId, DateTimeOffset now, CancellationToken cancellationToken);
}
