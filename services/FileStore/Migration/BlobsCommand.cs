using System.CommandLine;
using System.Runtime.InteropServices;
using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Metadata;
using CodeInterpreter.ServiceDefaults.Programs;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.FileStore.Migration;

/// <summary>
/// <c>blobs</c> on the command line: copies the bytes of files from one store to the other, both as the file store's own settings
/// name them. The file store may run meanwhile.
/// </summary>
internal static class BlobsCommand
{
    private static readonly string[] Places = ["disk", "s3"];

    /// <summary>
    /// The command. Its exit code is 0 when every file's bytes are at the target, 1 when something failed or was damaged.
    /// </summary>
    /// <param name="build">Registers the storage of files.</param>
    public static Command Create(Func<WebApplicationBuilder> build) =>
        Create(use => WithServicesAsync(build(), use), Console.Out, Console.Error);

    internal static Command Create(
        Func<Func<IServiceProvider, CancellationToken, Task<int>>, Task<int>> withServices,
        TextWriter output,
        TextWriter messages
    )
    {
        var from = new Option<string>("--from")
        {
            Required = true,
            HelpName = "PLACE",
            Description = "Where the bytes are: disk or s3",
        };
        var to = new Option<string>("--to")
        {
            Required = true,
            HelpName = "PLACE",
            Description = "Where they go: s3 or disk",
        };
        from.AcceptOnlyFromAmong(Places);
        to.AcceptOnlyFromAmong(Places);
        var deleteSource = new Option<bool>("--delete-source")
        {
            Description = "Read each copy back and then delete the original; only when FileStore:Blobs:Provider names the target",
        };
        var migrate = new Command("migrate", "Copy the bytes of all files; what is there already is skipped") { from, to, deleteSource };
        migrate.Validators.Add(result =>
        {
            if (
                result.GetResult(from)?.Tokens is [var source]
                && result.GetResult(to)?.Tokens is [var target]
                && source.Value == target.Value
            )
                result.AddError("--from and --to must be different places.");
        });
        migrate.SetAction(
            (parsed, _) =>
                withServices(
                    (services, interruption) =>
                        TryMigrateAsync(
                            ProviderOf(parsed.GetRequiredValue(from)),
                            ProviderOf(parsed.GetRequiredValue(to)),
                            parsed.GetValue(deleteSource),
                            services,
                            output,
                            messages,
                            interruption
                        )
                )
        );
        return new Command("blobs", "Move the bytes of files between disk and S3; the file store may run meanwhile") { migrate };
    }

    private static async Task<int> WithServicesAsync(
        WebApplicationBuilder builder,
        Func<IServiceProvider, CancellationToken, Task<int>> use
    )
    {
        using var interruption = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        return await ServiceProgram.UseAsync(builder, services => use(services, interruption.Token));

        void Interrupt(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interruption.Cancel();
        }
    }

    private static async Task<int> TryMigrateAsync(
        BlobProvider source,
        BlobProvider target,
        bool deleteSource,
        IServiceProvider services,
        TextWriter output,
        TextWriter messages,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (deleteSource && services.GetRequiredService<IOptions<BlobOptions>>().Value.Provider == source)
            {
                return await FailAsync(
                    $"The file store still uses {source}: set {BlobOptions.Section}:{nameof(BlobOptions.Provider)} to {target} first.",
                    messages
                );
            }

            return await MigrateAsync(source, target, deleteSource, services, output, messages, cancellationToken);
        }
        catch (FileStoreException exception)
        {
            return await FailAsync($"{exception.Message} {exception.InnerException?.Message}", messages);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await FailAsync("Interrupted. The same command goes on from here.", messages);
        }
    }

    private static async Task<int> MigrateAsync(
        BlobProvider from,
        BlobProvider to,
        bool deleteSource,
        IServiceProvider services,
        TextWriter output,
        TextWriter messages,
        CancellationToken cancellationToken
    )
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

    private static BlobProvider ProviderOf(string name) => name == "s3" ? BlobProvider.S3 : BlobProvider.Disk;

    private static async Task<int> FailAsync(string message, TextWriter messages)
    {
        await messages.WriteLineAsync(message);
        return 1;
    }
}
