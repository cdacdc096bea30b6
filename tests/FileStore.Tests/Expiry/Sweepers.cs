using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Expiry;
using CodeInterpreter.FileStore.Metadata;
using CodeInterpreter.FileStore.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.FileStore.Tests.Expiry;

/// <summary>Sweepers as the service has them.</summary>
internal static class Sweepers
{
    public static ExpiredFileSweeper Create(
        IFileMetadata metadata,
        IBlobStore blobs,
        SweepInstruments instruments,
        TimeProvider time,
        ExpiryOptions options,
        ILoggerFactory? log = null,
        FileStoreOptions? files = null,
        UnrecordedBlobs? unrecorded = null
    )
    {
        var settings = Options.Create(options);
        var loggers = log ?? NullLoggerFactory.Instance;
        var mark = new BlobStoreMark(metadata, blobs);
        var lost = new LostFileSweeper(metadata, blobs, mark, instruments, time, settings, loggers.CreateLogger<LostFileSweeper>());
        return new ExpiredFileSweeper(
            metadata,
            blobs,
            mark,
            lost,
            unrecorded ?? new UnrecordedBlobs(time),
            instruments,
            time,
            settings,
            Options.Create(files ?? new FileStoreOptions()),
            loggers.CreateLogger<ExpiredFileSweeper>()
        );
    }
}
