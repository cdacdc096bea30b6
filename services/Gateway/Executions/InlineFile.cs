namespace CodeInterpreter.Gateway.Executions;

/// <summary>A file that came with its request.</summary>
internal sealed record InlineFile(string? Filename, ReadOnlyMemory<byte> Content);
