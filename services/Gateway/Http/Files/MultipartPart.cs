namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>What the header of a part says.</summary>
/// <param name="Name">Name of the form field.</param>
/// <param name="Filename">Null when the part is not a file.</param>
internal sealed record MultipartPart(string Name, string? Filename);
