namespace CodeInterpreter.ServiceDefaults.Trust;

/// <summary>The result of checking a token.</summary>
public enum TrustVerdict
{
    /// <summary>It is good.</summary>
    Trusted,

    /// <summary>There was none.</summary>
    Missing,

    /// <summary>It was not made with the key, or was changed.</summary>
    Forged,

    /// <summary>It has expired.</summary>
    Expired,
}
