using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.ServiceDefaults.Settings;

/// <summary>
/// Reads a section into its options. Values that cannot be read leave the default in place. The validation reports all of them at once,
/// together with what the attributes of the options do not allow.
/// </summary>
internal sealed class SettingsBinding<T>(string section, IConfiguration configuration) : IConfigureOptions<T>, IValidateOptions<T>
    where T : class
{
    public void Configure(T options) => Read(options);

    public ValidateOptionsResult Validate(string? name, T options)
    {
        var (_, unreadable) = Check();
        List<string> faults = [.. unreadable.Select(fault => $"{fault.Key}: {fault.Value}.")];
        CheckAttributes(options, section, unreadable, faults);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private void Read(T options)
    {
        var (readable, _) = Check();
        new ConfigurationBuilder().AddInMemoryCollection(readable).Build().Bind(options);
    }

    private (Dictionary<string, string?> Readable, Dictionary<string, string> Faults) Check()
    {
        var (readable, faults) = (new Dictionary<string, string?>(), new Dictionary<string, string>());
        CheckProperties(typeof(T), configuration.GetSection(section), readable, faults);
        return (readable, faults);
    }

    private void CheckProperties(
        Type type,
        IConfigurationSection at,
        Dictionary<string, string?> readable,
        Dictionary<string, string> faults
    )
    {
        foreach (var property in SettingKind.PropertiesOf(type))
        {
            var child = at.GetSection(property.Name);
            if (child.Exists())
                CheckValue(property.PropertyType, child, readable, faults);
        }
    }

    private void CheckValue(Type type, IConfigurationSection at, Dictionary<string, string?> readable, Dictionary<string, string> faults)
    {
        if (SettingKind.IsValue(type))
        {
            if (at.Value is not { } text)
                return;
            if (SettingText.Check(type, text, out var value) is { } fault)
                faults[at.Path] = fault;
            else
                readable[at.Path[(section.Length + 1)..]] = value;
        }
        else if (SettingKind.ElementOf(type) is { } element)
        {
            foreach (var child in at.GetChildren())
                CheckValue(element, child, readable, faults);
        }
        else
        {
            CheckProperties(type, at, readable, faults);
        }
    }

    private static void CheckAttributes(object options, string path, Dictionary<string, string> unreadable, List<string> faults)
    {
        foreach (var property in SettingKind.PropertiesOf(options.GetType()))
        {
            var (name, value) = ($"{path}:{property.Name}", property.GetValue(options));
            if (unreadable.ContainsKey(name))
                continue;
            var context = new ValidationContext(options) { MemberName = property.Name };
            faults.AddRange(
                property
                    .GetCustomAttributes<ValidationAttribute>()
                    .Where(attribute => attribute.GetValidationResult(value, context) != ValidationResult.Success)
                    .Select(attribute => $"{name}: {WhatIsAllowed(attribute, name)}.")
            );
            if (value is not null && !SettingKind.IsValue(property.PropertyType) && SettingKind.ElementOf(property.PropertyType) is null)
                CheckAttributes(value, name, unreadable, faults);
        }
    }

    private static string WhatIsAllowed(ValidationAttribute attribute, string name) =>
        attribute switch
        {
            RangeAttribute { Maximum: >= (double)long.MaxValue or int.MaxValue } range => $"must be at least {Bound(range, range.Minimum)}",
            RangeAttribute range => $"must be {Bound(range, range.Minimum)} to {Bound(range, range.Maximum)}",
            RequiredAttribute => "must be set",
            RegularExpressionAttribute expression => $"must match {expression.Pattern}",
            _ => attribute.FormatErrorMessage(name).TrimEnd('.'),
        };

    private static string Bound(RangeAttribute range, object bound) =>
        range.OperandType == typeof(TimeSpan) && TimeSpan.TryParse(bound.ToString(), CultureInfo.InvariantCulture, out var duration)
            ? Duration.Format(duration)
            : Convert.ToString(bound, CultureInfo.InvariantCulture)!;
}
