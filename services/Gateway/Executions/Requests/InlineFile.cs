namespace CodeInterpreter.Gateway.Executions.Requests;

/// <summary>A file whose content is in the request.</summary>
internal sealed record InlineFile(string? Filename, ReadOnlyMemory<byte> Content);
