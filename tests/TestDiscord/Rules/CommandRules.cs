using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CodeInterpreter.TestDiscord.Model;

namespace CodeInterpreter.TestDiscord.Rules;

/// <summary>What Discord refuses in the commands that an application registers.</summary>
internal static partial class CommandRules
{
    private const int Slash = 1;
    private const int TextOption = 3;

    public static IEnumerable<string> Check(JsonArray commands)
    {
        foreach (var (type, max) in new[] { (Slash, 100), (2, 15), (3, 15) })
        {
            var names = commands.Where(command => TypeOf(command) == type).Select(command => command.Text("name")).ToList();
            if (names.Count > max)
                yield return $"{names.Count} commands of type {type}, at most {max}";
            if (names.Distinct().Count() < names.Count)
                yield return $"name: two commands of type {type} have the same";
        }

        foreach (var problem in commands.SelectMany(CheckCommand))
            yield return problem;
    }

    public static int TypeOf(JsonNode? command) => (int)(command.Number("type") ?? Slash);

    private static IEnumerable<string> CheckCommand(JsonNode? command)
    {
        var name = command.Text("name") ?? "";
        var description = command.Text("description") ?? "";
        if (TypeOf(command) == Slash)
        {
            if (!Name().IsMatch(name) || name.Any(char.IsUpper))
                yield return $"name: {name}";
            if (description.Length is < 1 or > 100)
                yield return $"description of {name}: 1 to 100 characters";
        }
        else
        {
            if (name.Length is < 1 or > 32)
                yield return $"name: {name}";
            if (description.Length > 0 || command.Items("options").Count > 0)
                yield return $"{name}: has a description or options, and is no slash command";
        }

        foreach (var value in command.Items("integration_types").Where(value => value?.GetValue<int>() is not (0 or 1)))
            yield return $"integration_types: {value}";
        foreach (var value in command.Items("contexts").Where(value => value?.GetValue<int>() is not (0 or 1 or 2)))
            yield return $"contexts: {value}";
        foreach (var problem in CheckOptions(name, command.Items("options")))
            yield return problem;
    }

    private static IEnumerable<string> CheckOptions(string command, IReadOnlyList<JsonNode?> options)
    {
        if (options.Count > 25)
            yield return $"options of {command}: {options.Count}, at most 25";
        if (options.Select(option => option.Text("name")).Distinct().Count() < options.Count)
            yield return $"options of {command}: two have the same name";
        var isOptional = false;
        foreach (var option in options)
        {
            var name = $"{command} {option.Text("name")}";
            if (!Name().IsMatch(option.Text("name") ?? ""))
                yield return $"option {name}: name";
            if (option.Text("description") is not { Length: >= 1 and <= 100 })
                yield return $"option {name}: a description of 1 to 100 characters";
            if (option.Number("type") is not (>= 3 and <= 11))
                yield return $"option {name}: type {option.Number("type")}";
            if (option.Flag("required") && isOptional)
                yield return $"option {name}: required, behind one that is not";
            isOptional |= !option.Flag("required");
            if (option.Has("max_length") && (option.Number("type") != TextOption || option.Number("max_length") is < 1 or > 6000))
                yield return $"option {name}: max_length";
            if (option.Items("choices").Count > 25 || (option.Flag("autocomplete") && option.Items("choices").Count > 0))
                yield return $"option {name}: choices";
        }
    }

    [GeneratedRegex(@"^[-_'\p{L}\p{N}]{1,32}$")]
    private static partial Regex Name();
}
