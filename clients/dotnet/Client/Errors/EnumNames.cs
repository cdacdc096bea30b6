using System.Text;

namespace CodeInterpreter.Client;

/// <summary>Names of values in the contract, such as <c>OUTCOME_TIMED_OUT</c>.</summary>
internal static class EnumNames
{
    public static string ToWire<T>(string prefix, T value)
        where T : struct, Enum => $"{prefix}_{ToUpperSnake(value.ToString())}";

    public static string ToUpperSnake(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToUpperInvariant(letter));
        }

        return text.ToString();
    }
}
