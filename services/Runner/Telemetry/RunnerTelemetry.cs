using System.Diagnostics;

namespace CodeInterpreter.Runner.Telemetry;

/// <summary>Where the runner's metrics and spans belong.</summary>
internal static class RunnerTelemetry
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "CodeInterpreter.Runner";

    public static readonly ActivitySource Activities = new(Name);
}
