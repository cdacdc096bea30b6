namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>The header of a part.</summary>
/// <param name="Name">Name of the form field.</param>
/// <param name="Filename">Null if the part is not a file.</param>
internal sealed record MultipartPart(string Name, string? Filename);
