using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CodeInterpreter.Documentation.Tests.Settings;

/// <summary>
/// The <c>appsettings.json</c> of a service: every setting with its default, as a comment, so that the file changes nothing until
/// somebody removes the <c>//</c>. The configuration of .NET reads JSON with comments and commas at the end.
/// </summary>
internal static partial class SettingsFile
{
    private const int Width = 140;

    public static string PathOf(Service service) => $"services/{service.Name}/appsettings.json";

    public static string Write(Service service)
    {
        var file = new StringBuilder();
        file.Append(
            CultureInfo.InvariantCulture,
            $"// The settings of {service.Name} with their defaults. To change one, remove the // before it.\n"
        );
        file.Append("// docs/settings.md explains them all. Written by `make settings-docs` from the options in the code.\n{\n");
        file.Append("  // The addresses that the service listens on.\n  \"Kestrel\": {\n    \"Endpoints\": {\n");
        file.Append(CultureInfo.InvariantCulture, $"      // \"Http\": {{ \"Url\": \"http://127.0.0.1:{service.HttpPort}\" }},\n");
        file.Append(CultureInfo.InvariantCulture, $"      // \"Grpc\": {{ \"Url\": \"http://127.0.0.1:{service.GrpcPort}\" }},\n");
        file.Append("    },\n  },\n");
        var root = new Node();
        foreach (var setting in service.Sections.SelectMany(Setting.Of))
            root.Add(setting);
        root.Write(file, depth: 1);
        return file.Append("}\n").ToString();
    }

    [GeneratedRegex(@"^.+?[.:](?=\s|$)")]
    private static partial Regex FirstSentence();

    private sealed class Node
    {
        private readonly Dictionary<string, Node> _children = [];
        private readonly List<(string Name, Setting Setting)> _settings = [];

        public void Add(Setting setting)
        {
            var node = this;
            var parts = setting.FullName.Split(':');
            foreach (var part in parts[..^1])
                node = node._children.TryGetValue(part, out var child) ? child : node._children[part] = new Node();
            node._settings.Add((parts[^1], setting));
        }

        public void Write(StringBuilder file, int depth)
        {
            var indent = new string(' ', 2 * depth);
            foreach (var (name, setting) in _settings)
            {
                var meaning = FirstSentence().Match(setting.Meaning) is { Success: true } match ? match.Value : setting.Meaning;
                foreach (var line in Wrap(meaning.Replace("`", "", StringComparison.Ordinal).TrimEnd(':'), Width - indent.Length - 3))
                    file.Append(CultureInfo.InvariantCulture, $"{indent}// {line}\n");
                file.Append(CultureInfo.InvariantCulture, $"{indent}// \"{name}\": {setting.JsonDefault},\n");
            }

            foreach (var (name, child) in _children)
            {
                file.Append(CultureInfo.InvariantCulture, $"{indent}\"{name}\": {{\n");
                child.Write(file, depth + 1);
                file.Append(CultureInfo.InvariantCulture, $"{indent}}},\n");
            }
        }

        private static IEnumerable<string> Wrap(string text, int width)
        {
            var line = "";
            foreach (var word in text.Split(' '))
            {
                if (line.Length + 1 + word.Length > width)
                {
                    yield return line;
                    line = word;
                }
                else
                {
                    line = line.Length == 0 ? word : $"{line} {word}";
                }
            }

            yield return line;
        }
    }
}
