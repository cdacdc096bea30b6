using System.Diagnostics.Metrics;

namespace CodeInterpreter.ServiceDefaults.Storage;

/// <summary>Measures how much space is left where a service stores its data.</summary>
public static class FreeSpace
{
    /// <summary>Adds the gauge of that name, in bytes. It has no value while the volume cannot be reached.</summary>
    public static void MeasureFreeSpace(this Meter meter, string name, string directory) =>
        meter.CreateObservableGauge(name, () => Measure(directory), "By", "Free space on the volume of the data directory.");

    private static IEnumerable<Measurement<long>> Measure(string directory)
    {
        try
        {
            return [new Measurement<long>(new DriveInfo(Existing(directory)).AvailableFreeSpace)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // The directory itself may be created later.
    private static string Existing(string directory) =>
        Directory.Exists(directory) || Path.GetDirectoryName(directory) is not { } parent ? directory : Existing(parent);
}
