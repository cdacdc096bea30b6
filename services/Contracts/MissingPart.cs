namespace CodeInterpreter.Contracts;

/// <summary>Something that a sandbox image does not have.</summary>
/// <param name="Name">The name of the package or tool.</param>
/// <param name="Reason">Why it is missing, or what to use in its place; empty when the image does not say.</param>
public sealed record MissingPart(string Name, string Reason);
