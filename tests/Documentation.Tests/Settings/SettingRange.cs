using System.Globalization;
using System.Text.RegularExpressions;
using CodeInterpreter.ServiceDefaults.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Documentation.Tests.Settings;

/// <summary>
/// The numbers that a setting may be: those of its attribute, else those that the validators of its options accept while all other
/// settings have their defaults, found by trying.
/// </summary>
internal sealed class SettingRange(Setting setting, Type type, Service service)
{
    private readonly List<object> _validators =
    [
        .. service.Provider.GetServices(typeof(IValidateOptions<>).MakeGenericType(setting.Section.Type)).OfType<object>(),
    ];

    public string Text
    {
        get
        {
            if (setting.Range is { } range)
                return Sentence(Bound(range.Minimum), Bound(range.Maximum));
            if (Number(setting.DefaultValue() ?? 0) is not { } known || Limits() is not var (lowest, highest))
                return "";
            var least = Accepts(lowest) ? lowest : Edge(lowest, known);
            var most = Accepts(highest) ? highest : Edge(highest, known);
            return Sentence(least == lowest ? null : Show(least), most == highest ? null : Show(most));
        }
    }

    private static string Sentence(string? least, string? most) =>
        (least, most) switch
        {
            (null, null) => "",
            (_, null) => $"{least} or more",
            (null, _) => $"at most {most}",
            _ => $"{least} to {most}",
        };

    private string? Bound(object bound) =>
        type == typeof(TimeSpan) ? Show(TimeSpan.Parse((string)bound, CultureInfo.InvariantCulture).Ticks)
        : bound is int.MaxValue or >= (double)long.MaxValue ? null
        : Convert.ToString(bound, CultureInfo.InvariantCulture);

    /// <summary>The accepted number that is next to a refused one.</summary>
    private Int128 Edge(Int128 refused, Int128 accepted)
    {
        while (Int128.Abs(refused - accepted) > 1)
        {
            var middle = refused + (accepted - refused) / 2;
            if (Accepts(middle))
                accepted = middle;
            else
                refused = middle;
        }

        return accepted;
    }

    private bool Accepts(Int128 number)
    {
        var options = Activator.CreateInstance(setting.Section.Type)!;
        setting.Set(options, Value(number));
        return !_validators.SelectMany(validator => FailuresOf(validator, options)).Any(NamesThisSetting);
    }

    private bool NamesThisSetting(string failure) => Regex.IsMatch(failure, $@"^(Property )?{Regex.Escape(setting.FullName)}\b(?!:\w)");

    private static IEnumerable<string> FailuresOf(object validator, object options)
    {
        var validate = typeof(IValidateOptions<>).MakeGenericType(options.GetType()).GetMethod("Validate")!;
        return ((ValidateOptionsResult)validate.Invoke(validator, ["", options])!).Failures ?? [];
    }

    private (Int128 Lowest, Int128 Highest)? Limits() =>
        type == typeof(int) ? (int.MinValue, int.MaxValue)
        : type == typeof(long) || type == typeof(TimeSpan) ? (long.MinValue, long.MaxValue)
        : null;

    private static Int128? Number(object value) =>
        value switch
        {
            TimeSpan duration => duration.Ticks,
            int or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
            _ => null,
        };

    private object Value(Int128 number) =>
        type == typeof(TimeSpan) ? TimeSpan.FromTicks((long)number)
        : type == typeof(int) ? (object)(int)number
        : (long)number;

    private string Show(Int128 number)
    {
        if (type != typeof(TimeSpan))
            return number.ToString(CultureInfo.InvariantCulture);
        var duration = TimeSpan.FromTicks((long)number);
        return number == 1 ? "more than 0"
            : duration.TotalDays > 40 ? $"{(int)duration.TotalDays}d"
            : Duration.Format(duration);
    }
}
