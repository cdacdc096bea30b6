namespace CodeInterpreter.ServiceDefaults.Trust;

/// <summary>What came of checking a token.</summary>
public enum TrustVerdict
{
    /// <summary>It is good.</summary>
    Trusted,

    /// <summary>There was none.</summary>
    Missing,

    /// <summary>Nobody who has the key made it, or not as it is now.</summary>
    Forged,

    /// <summary>Its time is over.</summary>
    Expired,
}
