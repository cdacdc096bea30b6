using System.Globalization;
using System.Numerics;
using CodeInterpreter.Gateway.Errors;

namespace CodeInterpreter.Gateway.Http.Queries;

/// <summary>
/// Reads numbers and switches from the query and from headers, each written in one way only: what a lenient reader takes for something
/// else than its author meant, such as <c>1,5</c> for 15, is refused. An empty value is none.
/// </summary>
internal static class QueryValues
{
    /// <summary>A whole number from 0 on, in digits.</summary>
    /// <exception cref="GatewayException">It is something else.</exception>
    public static T? ReadWhole<T>(string name, string? text)
        where T : struct, IBinaryInteger<T>
    {
        if (string.IsNullOrEmpty(text))
            return null;

        return T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw GatewayException.Invalid(name, "must be a whole number in digits, and not negative.");
    }

    /// <summary>A number from 0 on, with a point before its fraction.</summary>
    /// <exception cref="GatewayException">It is something else.</exception>
    public static double? ReadNumber(string name, string? text)
    {
        const NumberStyles Styles = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (string.IsNullOrEmpty(text))
            return null;

        return double.TryParse(text, Styles, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw GatewayException.Invalid(name, "must be a number such as 2.5, and not negative.");
    }

    /// <summary>True or false, in whatever case.</summary>
    /// <exception cref="GatewayException">It is something else.</exception>
    public static bool? ReadSwitch(string name, string? text) =>
        text switch
        {
            null or "" => null,
            _ when text.Equals("true", StringComparison.OrdinalIgnoreCase) => true,
            _ when text.Equals("false", StringComparison.OrdinalIgnoreCase) => false,
            _ => throw GatewayException.Invalid(name, "must be true or false."),
        };
}
