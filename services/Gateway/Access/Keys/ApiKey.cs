namespace CodeInterpreter.Gateway.Access.Keys;

/// <summary>What is kept of an API key: enough to recognise it, too little to use it.</summary>
internal sealed record ApiKey
{
    /// <summary>Public part of the key, which names it.</summary>
    public required string KeyId { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The only user it may act for; null for any.</summary>
    public required string? UserId { get; init; }

    /// <summary>SHA-256 of the whole key, in hexadecimal.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From then on it is not valid; null while it is.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}
