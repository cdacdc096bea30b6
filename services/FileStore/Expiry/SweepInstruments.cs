using System.Diagnostics.Metrics;
using CodeInterpreter.FileStore.Telemetry;

namespace CodeInterpreter.FileStore.Expiry;

/// <summary>What the store measures of its sweeps.</summary>
internal sealed class SweepInstruments
{
    private readonly Counter<long> _sweeps;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _expired;
    private readonly Counter<long> _unfinished;
    private readonly Counter<long> _orphans;
    private readonly Counter<long> _lost;

    public SweepInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(FileStoreTelemetry.Name);
        _sweeps = meter.CreateCounter<long>("code_interpreter.file_store.sweeps", "{sweep}", "Sweeps that came to their end.");
        _failed = meter.CreateCounter<long>("code_interpreter.file_store.sweeps.failed", "{sweep}", "Sweeps that did not.");
        _expired = meter.CreateCounter<long>(
            "code_interpreter.file_store.files.expired",
            "{file}",
            "Files removed because their time was over."
        );
        _unfinished = meter.CreateCounter<long>(
            "code_interpreter.file_store.uploads.unfinished",
            "{upload}",
            "Uploads that crashes had left behind, removed."
        );
        _orphans = meter.CreateCounter<long>("code_interpreter.file_store.blobs.orphaned", "{blob}", "Blobs without a record, removed.");
        _lost = meter.CreateCounter<long>(
            "code_interpreter.file_store.files.lost",
            "{file}",
            "Records removed because their bytes are gone."
        );
    }

    public void Swept() => _sweeps.Add(1);

    public void Removed(int expired, int unfinished, int orphans)
    {
        _expired.Add(expired);
        _unfinished.Add(unfinished);
        _orphans.Add(orphans);
    }

    public void Lost(int files) => _lost.Add(files);

    public void Failed() => _failed.Add(1);
}
