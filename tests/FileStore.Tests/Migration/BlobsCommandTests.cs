using System.CommandLine;
using System.Security.Cryptography;
using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Metadata;
using CodeInterpreter.FileStore.Migration;
using CodeInterpreter.FileStore.Tests.Blobs;
using CodeInterpreter.FileStore.Tests.Hosting;
using CodeInterpreter.ServiceDefaults.Programs;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.FileStore.Tests.Migration;

public sealed class BlobsCommandTests(S3Fixture s3) : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private S3TestBucket _bucket = null!;
    private ServiceProvider _services = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IBlobStore Disk => _services.GetRequiredKeyedService<IBlobStore>(BlobProvider.Disk);

    private IBlobStore S3 => _services.GetRequiredKeyedService<IBlobStore>(BlobProvider.S3);

    private IFileMetadata Metadata => _services.GetRequiredService<IFileMetadata>();

    public async ValueTask InitializeAsync()
    {
        _bucket = new S3TestBucket(await s3.ServerAsync());
        _services = Build("Disk");
        await Disk.InitializeAsync(Token);
        await S3.InitializeAsync(Token);
        await Metadata.InitializeAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _bucket.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Migrate_ToABucketAndBack_KeepsBytesRecordsAndTheMark()
    {
        var contents = new Dictionary<BlobKey, byte[]>();
        foreach (var size in new[] { 0, 1, 200_000, 11_000_000 })
        {
            var content = RandomNumberGenerator.GetBytes(size);
            contents.Add(await StoreAsync(Disk, content), content);
        }

        (await RunAsync("blobs migrate --from disk --to s3")).ExitCode.ShouldBe(0);
        foreach (var (key, content) in contents)
        {
            (await ReadAsync(S3, key)).ShouldBeBytes(content);
            (await Disk.MeasureAsync(key, Token)).ShouldBe(content.Length);
            await Disk.DeleteAsync(key, Token);
        }

        (await S3.IdentifyAsync(Token)).ShouldBe(await Disk.IdentifyAsync(Token));
        (await RunAsync("blobs migrate --from s3 --to disk")).ExitCode.ShouldBe(0);
        foreach (var (key, content) in contents)
        {
            (await ReadAsync(Disk, key)).ShouldBeBytes(content);
        }
    }

    [Fact]
    public async Task Migrate_Interrupted_ContinuesWhereItStopped()
    {
        for (var i = 0; i < 20; i++)
        {
            await StoreAsync(Disk, RandomNumberGenerator.GetBytes(100));
        }

        using var interruption = new CancellationTokenSource();
        var interrupting = new InterruptedBlobStore(S3, after: 5, interruption);
        var first = new MigrationProgress(TextWriter.Null, TimeProvider.System);
        await Should.ThrowAsync<OperationCanceledException>(() =>
            new BlobMigration(Disk, interrupting, Metadata, _time, first).RunAsync(deleteSource: false, interruption.Token)
        );
        var copied = (await S3.ListAsync(DateTimeOffset.MaxValue, Token).ToListAsync(Token)).Count;
        copied.ShouldBeInRange(1, 19);

        var (exitCode, output, _) = await RunAsync("blobs migrate --from disk --to s3");

        exitCode.ShouldBe(0);
        output.ShouldStartWith($"{20 - copied} copied");
        output.ShouldContain($"{copied} there already");
    }

    [Fact]
    public async Task Migrate_InterruptedBeforeItBegan_SaysHowToContinue()
    {
        await StoreAsync(Disk, [1]);

        var (exitCode, _, messages) = await RunAsync("blobs migrate --from disk --to s3", cancelled: true);

        exitCode.ShouldBe(1);
        messages.ShouldContain("goes on");
    }

    [Fact]
    public async Task Migrate_BytesThatDifferFromTheRecord_AreReportedAndNotCopied()
    {
        var damaged = await StoreAsync(Disk, [1, 2, 3]);
        var whole = await StoreAsync(Disk, [4]);
        await WriteAsync(Disk, damaged, [1, 2, 0]);

        var (exitCode, output, _) = await RunAsync("blobs migrate --from disk --to s3");

        exitCode.ShouldBe(1);
        output.ShouldContain("1 damaged");
        (await S3.MeasureAsync(damaged, Token)).ShouldBeNull();
        (await S3.MeasureAsync(whole, Token)).ShouldBe(1);
    }

    [Fact]
    public async Task Migrate_BytesWithoutARecord_AreNotCopied()
    {
        var key = TestFiles.Create();
        await WriteAsync(Disk, new BlobKey(key.UserId, key.FileId), [1]);

        var (exitCode, output, _) = await RunAsync("blobs migrate --from disk --to s3");

        exitCode.ShouldBe(0);
        output.ShouldContain("1 without a record");
        (await S3.ListAsync(DateTimeOffset.MaxValue, Token).ToListAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task DeleteSource_WhileTheStoreUsesIt_IsRefused()
    {
        var key = await StoreAsync(Disk, [1]);

        var (exitCode, _, messages) = await RunAsync("blobs migrate --from disk --to s3 --delete-source");

        exitCode.ShouldBe(1);
        messages.ShouldContain("FileStore:Blobs:Provider");
        (await Disk.MeasureAsync(key, Token)).ShouldBe(1);
    }

    [Fact]
    public async Task DeleteSource_AfterTheSwitch_DeletesWhatTheTargetHas()
    {
        var copied = await StoreAsync(Disk, [1]);
        var differing = await StoreAsync(Disk, [2]);
        await WriteAsync(S3, differing, [9]);
        await using var switched = Build("S3");

        (await RunAsync("blobs migrate --from disk --to s3 --delete-source", services: switched)).ExitCode.ShouldBe(0);

        (await ReadAsync(S3, copied)).ShouldBeBytes([1]);
        (await ReadAsync(S3, differing)).ShouldBeBytes([2]);
        (await Disk.ListAsync(DateTimeOffset.MaxValue, Token).ToListAsync(Token)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("blobs")]
    [InlineData("blobs migrate")]
    [InlineData("blobs migrate --from disk --to disk")]
    [InlineData("blobs migrate --from disk --to tape")]
    [InlineData("blobs migrate --from disk --to s3 --delete")]
    public async Task UnknownArguments_PrintTheUsage(string command)
    {
        var (exitCode, _, messages) = await RunAsync(command);

        exitCode.ShouldBe(ExitCodes.Usage);
        messages.ShouldContain("Usage:");
    }

    private readonly FakeTimeProvider _time = new(TestFiles.Noon);

    private ServiceProvider Build(string provider)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = _directory.Path });
        builder.Configuration.AddInMemoryCollection(
            _bucket
                .Settings.Append(("FileStore:DataDirectory", _directory.Path))
                .ToDictionary(setting => setting.Item1, string? (setting) => setting.Item2)
        );
        builder.Configuration["FileStore:Blobs:Provider"] = provider;
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.AddFileStorage();
        return builder.Services.BuildServiceProvider();
    }

    private async Task<BlobKey> StoreAsync(IBlobStore blobs, byte[] content)
    {
        var file = TestFiles.Create() with { FileSize = content.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)) };
        var key = new BlobKey(file.UserId, file.FileId);
        await WriteAsync(blobs, key, content);
        await Metadata.AddAsync(file, Quota.None, Token);
        return key;
    }

    private static async Task WriteAsync(IBlobStore blobs, BlobKey key, byte[] content)
    {
        await using var writer = await blobs.CreateAsync(key, Token);
        await writer.WriteAsync(content, Token);
        await writer.CommitAsync(Token);
    }

    private static async Task<byte[]> ReadAsync(IBlobStore blobs, BlobKey key)
    {
        await using var stream = (await blobs.OpenAsync(key, 0, Token)).ShouldNotBeNull();
        using var content = new MemoryStream();
        await stream.CopyToAsync(content, Token);
        return content.ToArray();
    }

    private async Task<(int ExitCode, string Output, string Messages)> RunAsync(
        string command,
        bool cancelled = false,
        IServiceProvider? services = null
    )
    {
        using var output = new StringWriter();
        using var messages = new StringWriter();
        var blobs = BlobsCommand.Create(use => use(services ?? _services, new CancellationToken(cancelled)), output, messages);
        var exitCode = await ServiceProgram.RunAsync(new RootCommand { blobs }, command.Split(' '), messages);
        return (exitCode, output.ToString(), messages.ToString());
    }
}
