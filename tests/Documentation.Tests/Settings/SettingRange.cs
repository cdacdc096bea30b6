using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CodeInterpreter.ServiceDefaults.Settings;

namespace CodeInterpreter.Documentation.Tests.Settings;

/// <summary>The numbers or durations that the attribute of a setting allows, as text.</summary>
internal static class SettingRange
{
    public static string Describe(RangeAttribute? range) =>
        range is null
            ? ""
            : (Bound(range, range.Minimum), Bound(range, range.Maximum)) switch
            {
                (null, null) => "",
                (var least, null) => $"{least} or more",
                (null, var most) => $"at most {most}",
                var (least, most) => $"{least} to {most}",
            };

    private static string? Bound(RangeAttribute range, object bound) =>
        range.OperandType == typeof(TimeSpan) ? Show(TimeSpan.Parse((string)bound, CultureInfo.InvariantCulture))
        : bound is int.MaxValue or >= (double)long.MaxValue ? null
        : Convert.ToString(bound, CultureInfo.InvariantCulture);

    private static string Show(TimeSpan duration) => duration.TotalDays > 40 ? $"{(int)duration.TotalDays}d" : Duration.Format(duration);
}
