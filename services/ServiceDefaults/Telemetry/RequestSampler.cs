using System.Diagnostics;
using OpenTelemetry.Trace;

namespace CodeInterpreter.ServiceDefaults.Telemetry;

/// <summary>
/// Begins traces with what comes in, a call or a message. A call that goes out of itself is a health check that looks after a
/// neighbour, every few seconds.
/// </summary>
internal sealed class RequestSampler(double ratio) : Sampler
{
    private readonly TraceIdRatioBasedSampler _incoming = new(ratio);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.Kind is ActivityKind.Server or ActivityKind.Consumer
            ? _incoming.ShouldSample(samplingParameters)
            : new SamplingResult(SamplingDecision.Drop);
}
