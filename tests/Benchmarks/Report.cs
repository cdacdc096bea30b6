using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace CodeInterpreter.Benchmarks;

/// <summary>What a scenario measured: a table, which is also written as JSON.</summary>
internal sealed class Report(string scenario, params string[] columns)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly List<object[]> _rows = [];
    private readonly List<string> _missed = [];

    /// <summary>The bars that were not reached, in words.</summary>
    public IReadOnlyList<string> Missed => _missed;

    public void Add(params object[] values) => _rows.Add(values);

    public void Require(bool reached, string bar)
    {
        if (!reached)
            _missed.Add(bar);
    }

    public string ToTable()
    {
        var table = new StringBuilder();
        table.AppendLine($"| {string.Join(" | ", columns)} |");
        table.AppendLine($"|{string.Concat(Enumerable.Repeat(" --- |", columns.Length))}");
        foreach (var row in _rows)
            table.AppendLine($"| {string.Join(" | ", row.Select(Text))} |");
        return table.ToString();
    }

    public string ToJson() =>
        JsonSerializer.Serialize(
            new
            {
                scenario,
                machine = new
                {
                    processors = Environment.ProcessorCount,
                    os = RuntimeInformation.OSDescription,
                    runtime = RuntimeInformation.FrameworkDescription,
                },
                rows = _rows.Select(row => columns.Zip(row).ToDictionary(cell => cell.First, cell => cell.Second)),
                missed = _missed,
            },
            Indented
        );

    private static string Text(object value) =>
        value switch
        {
            double number => number.ToString("0.00", CultureInfo.InvariantCulture),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => $"{value}",
        };
}
