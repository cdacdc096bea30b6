namespace CodeInterpreter.Gateway.Access;

/// <summary>Who may call the gateway.</summary>
public enum AccessMode
{
    /// <summary>Everybody on this machine, without credentials: the gateway does not start when it would listen beyond it.</summary>
    Loopback,

    /// <summary>Whoever shows an API key, or a token where those are set up. What only tells how the service is stays open.</summary>
    Required,

    /// <summary>Everybody who reaches it, on any address, without credentials: something before it knows who is calling.</summary>
    None,
}
