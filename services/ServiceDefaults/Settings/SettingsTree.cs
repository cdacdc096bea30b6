using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace CodeInterpreter.ServiceDefaults.Settings;

/// <summary>All settings there are, by name, in the shape the configuration has.</summary>
internal sealed class SettingsTree
{
    private readonly Node _root = new();

    public SettingsTree(IEnumerable<SettingsSection> sections)
    {
        foreach (var section in sections)
            Add(_root.At(section.Path), section.Type);
        Names = [.. NamesBelow(_root, "")];
    }

    /// <summary>The full names of all settings.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether the section, such as <c>Gateway</c>, belongs to this process.</summary>
    public bool Has(string section) => _root.Children.ContainsKey(section);

    /// <summary>The property behind a setting's full name; null when there is no such setting.</summary>
    public PropertyInfo? Find(string name)
    {
        var node = _root;
        foreach (var part in name.Split(':'))
        {
            if ((node.Children.GetValueOrDefault(part) ?? node.Element) is not { } next)
                return null;
            node = next;
        }

        return node.IsSection ? null : node.Property;
    }

    /// <summary>What is set below our sections but does not exist.</summary>
    public IEnumerable<UnknownSetting> FindUnknown(IConfiguration configuration) =>
        configuration
            .GetChildren()
            .Where(section => Has(section.Key))
            .SelectMany(section => FindUnknown(_root.Children[section.Key], section));

    private static IEnumerable<UnknownSetting> FindUnknown(Node node, IConfigurationSection section)
    {
        foreach (var child in section.GetChildren())
        {
            if ((node.Children.GetValueOrDefault(child.Key) ?? node.Element) is not { } known)
            {
                string[] neighbours = [.. node.Children.Keys.Select(key => $"{section.Path}:{key}")];
                foreach (var name in LeavesOf(child))
                    yield return new UnknownSetting(name, neighbours);
                continue;
            }

            if (child.Value is { Length: > 0 } && known.IsSection)
            {
                yield return new UnknownSetting(child.Path, [.. known.Children.Keys.Select(key => $"{child.Path}:{key}")], IsSection: true);
            }

            foreach (var unknown in FindUnknown(known, child))
                yield return unknown;
        }
    }

    private static IEnumerable<string> LeavesOf(IConfigurationSection section)
    {
        if (section.Value is not null)
            yield return section.Path;
        foreach (var name in section.GetChildren().SelectMany(LeavesOf))
            yield return name;
    }

    private static void Add(Node node, Type type)
    {
        foreach (var property in SettingKind.PropertiesOf(type))
        {
            var child = node.At(property.Name);
            child.Property = property;
            Describe(child, property.PropertyType, property);
        }
    }

    private static void Describe(Node node, Type type, PropertyInfo property)
    {
        if (SettingKind.IsValue(type))
            return;
        if (SettingKind.ElementOf(type) is not { } element)
        {
            Add(node, type);
            return;
        }

        node.Element = new Node { Property = property };
        Describe(node.Element, element, property);
    }

    private static IEnumerable<string> NamesBelow(Node node, string prefix) =>
        node.Children.SelectMany(child => child.Value.IsSection ? NamesBelow(child.Value, $"{prefix}{child.Key}:") : [prefix + child.Key]);

    private sealed class Node
    {
        public Dictionary<string, Node> Children { get; } = new(StringComparer.OrdinalIgnoreCase);

        /// <summary>What it has under names or numbers that are not known in advance.</summary>
        public Node? Element { get; set; }

        public PropertyInfo? Property { get; set; }

        public bool IsSection => Children.Count > 0;

        public Node At(string path)
        {
            var node = this;
            foreach (var part in path.Split(':'))
            {
                if (!node.Children.TryGetValue(part, out var next))
                    node.Children[part] = next = new Node();
                node = next;
            }

            return node;
        }
    }
}
