namespace CodeInterpreter.ServiceDefaults.Errors;

/// <summary>What is wrong with one field of a request, in words its sender can act on.</summary>
/// <param name="Field">Path of the field as the API names it, such as <c>user_files[2]</c>.</param>
/// <param name="Description">What is expected, and what was found where that helps.</param>
public sealed record FieldViolation(string Field, string Description);
