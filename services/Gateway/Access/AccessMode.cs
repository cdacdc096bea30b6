namespace CodeInterpreter.Gateway.Access;

/// <summary>Which calls the gateway accepts.</summary>
public enum AccessMode
{
    /// <summary>Calls from this machine, without credentials. The gateway does not start if other machines could reach it.</summary>
    Loopback,

    /// <summary>Calls with an API key, or with a token if tokens are set up. Health and documentation need no credentials.</summary>
    Required,

    /// <summary>All calls, on any address, without credentials: a proxy in front of the gateway authenticates callers.</summary>
    None,
}
