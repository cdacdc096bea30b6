using System.Globalization;

namespace CodeInterpreter.TestProduct;

/// <summary>The memory that a process really has, as Linux counts it.</summary>
internal sealed class ResidentMemory(int processId)
{
    /// <summary>Now, in bytes.</summary>
    public long Bytes => Read("VmRSS:");

    /// <summary>The most since the process began, or since <see cref="ForgetPeak"/>, in bytes.</summary>
    public long PeakBytes => Read("VmHWM:");

    public void ForgetPeak() => File.WriteAllText($"/proc/{processId}/clear_refs", "5");

    private long Read(string field)
    {
        var line = File.ReadLines($"/proc/{processId}/status").Single(line => line.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line[field.Length..^"kB".Length].Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
