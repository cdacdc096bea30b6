using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using CodeInterpreter.ServiceDefaults.Settings;

namespace CodeInterpreter.Documentation.Tests.Settings;

/// <summary>One setting, as its property in the options says.</summary>
/// <param name="Section">The section of its options.</param>
/// <param name="Path">The properties that lead from the options to it.</param>
internal sealed record Setting(SettingsSection Section, IReadOnlyList<PropertyInfo> Path)
{
    private PropertyInfo Property => Path[^1];

    private Type Type => Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;

    /// <summary>Its name in the section, such as <c>Jwt:Audience</c>.</summary>
    public string Name => string.Join(':', Path.Select(property => property.Name));

    public string FullName => $"{Section.Path}:{Name}";

    public string EnvironmentVariable => FullName.Replace(":", "__", StringComparison.Ordinal);

    public string Meaning => DocComments.Of(Property);

    public static IEnumerable<Setting> Of(SettingsSection section) => Below(section, [], section.Type);

    /// <summary>What its value is, with the unit.</summary>
    public string Kind =>
        Type switch
        {
            _ when Type == typeof(TimeSpan) => "duration",
            _ when Type == typeof(bool) => "true or false",
            _ when Type == typeof(Uri) => "address",
            _ when Type == typeof(double) => "number",
            _ when Type.IsEnum => "name",
            _ when Type.IsPrimitive => Name.EndsWith("Bytes", StringComparison.Ordinal) ? "bytes" : "whole number",
            _ when SettingKind.IsSecret(Property) => "text, secret",
            _ when SettingKind.IsValue(Type) => "text",
            _ => "list",
        };

    /// <summary>Its default as text; null when it is different on each machine or at each start, empty when there is none.</summary>
    public string? Default
    {
        get
        {
            var value = Text(DefaultValue());
            return value == Text(DefaultValue()) && !IsOfThisMachine(value) ? value : null;
        }
    }

    /// <summary>Its default as JSON.</summary>
    public string JsonDefault =>
        Default is not { } text ? "\"...\""
        : Type.IsPrimitive && text.Length > 0 ? text
        : JsonSerializer.Serialize(text, JsonSerializerOptions.Web);

    /// <summary>The values that it may have; empty when that is not a matter of numbers or names.</summary>
    public string Values =>
        Type.IsEnum ? string.Join(", ", Enum.GetNames(Type).Select(name => $"`{name}`"))
        : Property.GetCustomAttribute<RegularExpressionAttribute>() is { } expression ? $"`{expression.Pattern}`"
        : SettingRange.Describe(Property.GetCustomAttribute<RangeAttribute>());

    private object? DefaultValue() =>
        Path.Aggregate(Activator.CreateInstance(Section.Type), (value, property) => value is null ? null : property.GetValue(value));

    /// <summary>Whether the text has the name of a folder in it that is only on this machine.</summary>
    private static bool IsOfThisMachine(string text) =>
        text.StartsWith(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), StringComparison.Ordinal)
        || System.IO.Path.IsPathRooted(text);

    private static string Text(object? value) =>
        value switch
        {
            TimeSpan duration => Duration.Format(duration),
            bool flag => flag ? "true" : "false",
            System.Collections.ICollection { Count: 0 } => "",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };

    private static IEnumerable<Setting> Below(SettingsSection section, PropertyInfo[] path, Type type) =>
        SettingKind
            .PropertiesOf(type)
            .SelectMany(property =>
                SettingKind.IsValue(property.PropertyType) || SettingKind.ElementOf(property.PropertyType) is not null
                    ? [new Setting(section, [.. path, property])]
                    : Below(section, [.. path, property], property.PropertyType)
            );
}
