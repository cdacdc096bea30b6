using System.Runtime.InteropServices;
using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Metadata;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.FileStore.Migration;

/// <summary>
/// <c>blobs</c> on the command line: copies the bytes of files from one store to the other, both as the file store's own settings
/// name them. The file store may run meanwhile.
/// </summary>
internal static class BlobsCommand
{
    private const string Usage =
        """
        blobs migrate --from disk --to s3 [--delete-source]   copy the bytes of all files; what is there already is skipped
        blobs migrate --from s3 --to disk [--delete-source]   the same, back

        --delete-source reads each copy back and then deletes the original; only when FileStore:Blobs:Provider names the target.
        """;

    /// <summary>Whether that is what the command line asks for.</summary>
    public static bool IsAskedFor(string[] args) => args is ["blobs", ..];

    /// <summary>
    /// Does it and returns the exit code: 0 when every file's bytes are at the target, 1 when something failed or was damaged, 2
    /// when the command is not understood.
    /// </summary>
    public static async Task<int> RunAsync(string[] args)
    {
        // Not the command's arguments: a setting must not be taken for an option, nor a misspelt option for a setting.
        var builder = WebApplication.CreateBuilder();
        builder.AddFileStorage();
        await using var services = builder.Services.BuildServiceProvider();
        using var interruption = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        return await RunAsync(args, services, Console.Out, Console.Error, interruption.Token);

        void Interrupt(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interruption.Cancel();
        }
    }

    internal static async Task<int> RunAsync(
        string[] args, IServiceProvider services, TextWriter output, TextWriter messages, CancellationToken cancellationToken)
    {
        if (args is not ["blobs", "migrate", "--from", var from, "--to", var to, .. var rest]
            || ProviderOf(from) is not { } source || ProviderOf(to) is not { } target || source == target
            || rest is not ([] or ["--delete-source"]))
        {
            return await FailAsync(2, Usage, messages);
        }

        try
        {
            var deleteSource = rest.Length > 0;
            if (deleteSource && services.GetRequiredService<IOptions<BlobOptions>>().Value.Provider == source)
            {
                return await FailAsync(
                    2, $"The file store still uses {from}: set {BlobOptions.Section}:{nameof(BlobOptions.Provider)} to {target} first.", messages);
            }

            return await MigrateAsync(source, target, deleteSource, services, output, messages, cancellationToken);
        }
        catch (Exception exception) when (exception is OptionsValidationException or BlobStoreRefusedException)
        {
            return await FailAsync(1, exception.Message, messages);
        }
        catch (FileStoreException exception)
        {
            return await FailAsync(1, $"{exception.Message} {exception.InnerException?.Message}", messages);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await FailAsync(1, "Interrupted. The same command goes on from here.", messages);
        }
    }

    private static async Task<int> MigrateAsync(
        BlobProvider from, BlobProvider to, bool deleteSource, IServiceProvider services, TextWriter output, TextWriter messages,
        CancellationToken cancellationToken)
    {
        var source = services.GetRequiredKeyedService<IBlobStore>(from);
        var target = services.GetRequiredKeyedService<IBlobStore>(to);
        var metadata = services.GetRequiredService<IFileMetadata>();
        var time = services.GetRequiredService<TimeProvider>();
        await source.InitializeAsync(cancellationToken);
        await target.InitializeAsync(cancellationToken);
        await metadata.InitializeAsync(cancellationToken);

        var progress = new MigrationProgress(messages, time);
        await new BlobMigration(source, target, metadata, time, progress).RunAsync(deleteSource, cancellationToken);
        // The records belong to the place with that mark.
        await target.AdoptAsync(await source.IdentifyAsync(cancellationToken), cancellationToken);
        await output.WriteLineAsync(progress.ToString());
        return progress[MigrationOutcome.Damaged] == 0 ? 0 : 1;
    }

    private static BlobProvider? ProviderOf(string name) => name switch
    {
        "disk" => BlobProvider.Disk,
        "s3" => BlobProvider.S3,
        _ => null,
    };

    private static async Task<int> FailAsync(int exitCode, string message, TextWriter messages)
    {
        await messages.WriteLineAsync(message);
        return exitCode;
    }
}
