using System.Globalization;
using System.Numerics;
using CodeInterpreter.Gateway.Errors;

namespace CodeInterpreter.Gateway.Http.Queries;

/// <summary>
/// Reads numbers and booleans from queries and headers. Each has only one form, because a lenient parser would read <c>1,5</c> as 15. An
/// empty value counts as missing.
/// </summary>
internal static class QueryValues
{
    /// <summary>A whole number, 0 or more, in digits.</summary>
    /// <exception cref="GatewayException">The text has another form.</exception>
    public static T? ReadWhole<T>(string name, string? text)
        where T : struct, IBinaryInteger<T>
    {
        if (string.IsNullOrEmpty(text))
            return null;

        return T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw GatewayException.Invalid(name, "must be a whole number in digits, and not negative.");
    }

    /// <summary>A number, 0 or more, with a decimal point.</summary>
    /// <exception cref="GatewayException">The text has another form.</exception>
    public static double? ReadNumber(string name, string? text)
    {
        const NumberStyles Styles = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (string.IsNullOrEmpty(text))
            return null;

        return double.TryParse(text, Styles, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw GatewayException.Invalid(name, "must be a number such as 2.5, and not negative.");
    }

    /// <summary>True or false, in upper or lower case.</summary>
    /// <exception cref="GatewayException">The text has another form.</exception>
    public static bool? ReadSwitch(string name, string? text) =>
        text switch
        {
            null or "" => null,
            _ when text.Equals("true", StringComparison.OrdinalIgnoreCase) => true,
            _ when text.Equals("false", StringComparison.OrdinalIgnoreCase) => false,
            _ => throw GatewayException.Invalid(name, "must be true or false."),
        };
}
