namespace CodeInterpreter.Gateway.Files.Links;

/// <summary>A link to a file.</summary>
/// <param name="Path">Path and query at the gateway's HTTP address.</param>
/// <param name="ExpiresAt">From this moment on it is no good.</param>
internal sealed record FileLink(string Path, DateTimeOffset ExpiresAt)
{
    /// <summary>The whole link where the address is known, which may have a path of its own; else the path.</summary>
    public string UrlAt(Uri? address) => address is null ? Path : address.AbsoluteUri.TrimEnd('/') + Path;
}
