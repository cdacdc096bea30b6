using System.Collections;
using System.ComponentModel;
using System.Reflection;

namespace CodeInterpreter.ServiceDefaults.Settings;

/// <summary>What a property of an options class is as a setting.</summary>
internal static class SettingKind
{
    private static readonly string[] SecretEnds = ["Key", "Secret", "Password", "Token"];

    /// <summary>The properties that are settings.</summary>
    public static IEnumerable<PropertyInfo> PropertiesOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property =>
                property.GetIndexParameters().Length == 0 && (property.SetMethod is { IsPublic: true } || !IsValue(property.PropertyType))
            );

    /// <summary>Whether it is written as one text.</summary>
    public static bool IsValue(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsPrimitive
            || type.IsEnum
            || type == typeof(string)
            || type == typeof(decimal)
            || type == typeof(Uri)
            || TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));
    }

    /// <summary>The type of what is in a list or, under names of their own, in a dictionary; null for anything else.</summary>
    public static Type? ElementOf(Type type)
    {
        if (IsValue(type) || !typeof(IEnumerable).IsAssignableFrom(type))
            return null;
        if (type.IsArray)
            return type.GetElementType();
        return type.IsGenericType ? type.GetGenericArguments()[^1] : typeof(string);
    }

    /// <summary>Whether its value is never shown.</summary>
    public static bool IsSecret(PropertyInfo property) =>
        property.IsDefined(typeof(SecretAttribute))
        || (
            property.PropertyType == typeof(string)
            && Array.Exists(SecretEnds, end => property.Name.EndsWith(end, StringComparison.OrdinalIgnoreCase))
        );
}
