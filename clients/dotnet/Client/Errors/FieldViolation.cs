namespace CodeInterpreter.Client;

/// <summary>A field of a request that is wrong.</summary>
/// <param name="Field">Its name in the contract, such as <c>limits.memory_bytes</c>.</param>
/// <param name="Description">What it must be.</param>
public sealed record FieldViolation(string Field, string Description);
