namespace CodeInterpreter.ServiceDefaults.Errors;

/// <summary>An error in one field of a request, in words that its sender can act on. Both parts are cut if they are long.</summary>
/// <param name="Field">Path of the field as the API names it, such as <c>user_files[2]</c>.</param>
/// <param name="Description">What is expected, and what was found if that helps.</param>
public sealed record FieldViolation(string Field, string Description)
{
    private const int MaxFieldLength = 200;
    private const int MaxDescriptionLength = 1000;

    /// <inheritdoc cref="FieldViolation(string, string)" path="/param[@name='Field']"/>
    public string Field
    {
        get;
        init => field = ErrorText.Shorten(value, MaxFieldLength);
    } = ErrorText.Shorten(Field, MaxFieldLength);

    /// <inheritdoc cref="FieldViolation(string, string)" path="/param[@name='Description']"/>
    public string Description
    {
        get;
        init => field = ErrorText.Shorten(value, MaxDescriptionLength);
    } = ErrorText.Shorten(Description, MaxDescriptionLength);
}
