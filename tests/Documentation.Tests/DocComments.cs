using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CodeInterpreter.Documentation.Tests;

/// <summary>What the documentation comments in the code say, as Markdown in one line.</summary>
internal static partial class DocComments
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, XElement>> Members = new();

    public static string Of(Type type) => Text(type.Assembly, $"T:{NameOf(type)}");

    public static string Of(PropertyInfo property) =>
        Text(property.DeclaringType!.Assembly, $"P:{NameOf(property.DeclaringType)}.{property.Name}");

    private static string Text(Assembly assembly, string member) =>
        Members.GetOrAdd(assembly, Read).GetValueOrDefault(member)?.Element("summary") is { } summary
            ? Spaces().Replace(string.Concat(summary.Nodes().Select(Markdown)), " ").Trim()
            : throw new InvalidOperationException($"{member} has no documentation.");

    private static Dictionary<string, XElement> Read(Assembly assembly) =>
        XDocument
            .Load(Path.ChangeExtension(assembly.Location, ".xml"))
            .Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value);

    private static string Markdown(XNode node) =>
        node switch
        {
            XElement { Name.LocalName: "see" } see when see.Attribute("cref") is { } reference => $"`{reference.Value.Split('.')[^1]}`",
            XElement { Name.LocalName: "see" } see => $"`{see.Attributes().First().Value}`",
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement other => string.Concat(other.Nodes().Select(Markdown)) + " ",
            XText text => text.Value,
            _ => "",
        };

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
