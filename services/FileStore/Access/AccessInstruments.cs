using System.Diagnostics.Metrics;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Telemetry;
using CodeInterpreter.ServiceDefaults.Telemetry;
using CodeInterpreter.ServiceDefaults.Trust;

namespace CodeInterpreter.FileStore.Access;

/// <summary>The metrics of the file store about access.</summary>
internal sealed class AccessInstruments(IMeterFactory meters)
{
    private readonly Counter<long> _refused = meters
        .Create(FileStoreTelemetry.Name)
        .CreateCounter<long>("code_interpreter.file_store.calls.refused", "{call}", "Calls refused by access control, by reason.");

    public void Refused(TrustVerdict reason) => Refused(TagValue.Of(reason));

    public void Refused(FileError reason) => Refused(TagValue.Of(reason));

    private void Refused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
