namespace CodeInterpreter.Contracts;

/// <summary>A package or a tool of a sandbox image.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version; empty when it is not known.</param>
public sealed record VersionedName(string Name, string Version);
