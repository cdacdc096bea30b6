namespace CodeInterpreter.Gateway.Files.Links;

/// <summary>A link to a file.</summary>
/// <param name="Path">Path and query, relative to the gateway's HTTP address.</param>
/// <param name="ExpiresAt">When the link expires.</param>
internal sealed record FileLink(string Path, DateTimeOffset ExpiresAt)
{
    /// <summary>The full URL if <paramref name="address"/> is known, which may have a path; otherwise only the path.</summary>
    public string UrlAt(Uri? address) => address is null ? Path : address.AbsoluteUri.TrimEnd('/') + Path;
}
