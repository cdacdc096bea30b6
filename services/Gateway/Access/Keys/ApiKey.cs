namespace CodeInterpreter.Gateway.Access.Keys;

/// <summary>The stored part of an API key: enough to verify the key, too little to use it.</summary>
internal sealed record ApiKey
{
    /// <summary>The public part of the key, which identifies it.</summary>
    public required string KeyId { get; init; }

    /// <summary>The name that its creator chose.</summary>
    public required string Name { get; init; }

    /// <summary>The only user for which it may act; null for any user.</summary>
    public required string? UserId { get; init; }

    /// <summary>SHA-256 of the whole key, in hexadecimal.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time from which it is no longer valid; null if it never expires.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked; null if it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}
