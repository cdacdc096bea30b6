using System.Diagnostics.Metrics;
using CodeInterpreter.FileStore.Settings;
using CodeInterpreter.FileStore.Telemetry;
using CodeInterpreter.ServiceDefaults.Storage;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.FileStore;

/// <summary>What the store measures of its disk.</summary>
internal sealed class StorageInstruments(IMeterFactory meters, IOptions<FileStoreOptions> options)
{
    /// <summary>Measures the volume of the data directory from now on.</summary>
    public void Observe() =>
        meters.Create(FileStoreTelemetry.Name).MeasureFreeSpace("code_interpreter.file_store.data.free", options.Value.DataDirectory);
}
