using System.Diagnostics.Metrics;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Telemetry;
using CodeInterpreter.ServiceDefaults.Telemetry;

namespace CodeInterpreter.FileStore.Catalog;

/// <summary>What the store measures of the files that come and go.</summary>
internal sealed class FileInstruments
{
    private readonly Counter<long> _stored;
    private readonly Counter<long> _deleted;
    private readonly Counter<long> _received;
    private readonly Counter<long> _sent;

    public FileInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(FileStoreTelemetry.Name);
        _stored = meter.CreateCounter<long>("code_interpreter.file_store.files.stored", "{file}", "Files stored, by source.");
        _deleted = meter.CreateCounter<long>("code_interpreter.file_store.files.deleted", "{file}", "Files their owners deleted.");
        _received = meter.CreateCounter<long>("code_interpreter.file_store.received", "By", "Content of files that came in.");
        _sent = meter.CreateCounter<long>("code_interpreter.file_store.sent", "By", "Content of files that went out.");
    }

    public void Stored(FileSource source) => _stored.Add(1, new KeyValuePair<string, object?>("source", TagValue.Of(source)));

    public void Deleted() => _deleted.Add(1);

    public void Received(int bytes) => _received.Add(bytes);

    public void Sent(int bytes) => _sent.Add(bytes);
}
