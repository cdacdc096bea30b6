using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Settings;
using CodeInterpreter.FileStore.Tests.Hosting;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.FileStore.Tests.Blobs;

public sealed class DiskBlobStoreTests : BlobStoreContract
{
    private readonly TemporaryDirectory _directory = new();
    private readonly DiskBlobStore _blobs;

    public DiskBlobStoreTests() => _blobs = new DiskBlobStore(Options.Create(new FileStoreOptions { DataDirectory = _directory.Path }));

    private protected override IBlobStore Blobs => _blobs;

    private string UserFiles => Path.Combine(_directory.Path, "user_files");

    private string Incoming => Path.Combine(_directory.Path, "incoming");

    public override ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Commit_Blob_IsInTheFolderOfItsOwner()
    {
        var key = await StoreAsync([1]);

        File.Exists(Path.Combine(UserFiles, key.UserId, key.FileId)).ShouldBeTrue();
        Directory.EnumerateFileSystemEntries(Incoming).ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_LastBlobOfAnOwner_RemovesTheFolderButNotBefore()
    {
        var first = await StoreAsync([1]);
        var last = await StoreAsync([2]);

        await Blobs.DeleteAsync(first, Token);
        Directory.Exists(Path.Combine(UserFiles, "alice")).ShouldBeTrue();
        await Blobs.DeleteAsync(last, Token);
        Directory.Exists(Path.Combine(UserFiles, "alice")).ShouldBeFalse();
    }

    [Fact]
    public async Task RemoveUnfinished_LeftoversOfACrash_AreRemovedWhenOldEnough()
    {
        var old = Path.Combine(Incoming, "old");
        var recent = Path.Combine(Incoming, "recent");
        await File.WriteAllTextAsync(old, "half a file", Token);
        await File.WriteAllTextAsync(recent, "half a file", Token);
        File.SetLastWriteTimeUtc(old, TestFiles.Noon.UtcDateTime);
        Directory.CreateDirectory(Path.Combine(UserFiles, "empty"));

        (await Blobs.RemoveUnfinishedAsync(TestFiles.Noon.AddHours(1), Token)).ShouldBe(1);

        File.Exists(old).ShouldBeFalse();
        File.Exists(recent).ShouldBeTrue();
        Directory.Exists(Path.Combine(UserFiles, "empty")).ShouldBeFalse();
    }

    [Fact]
    public async Task List_ForeignFiles_AreIgnored()
    {
        var key = await StoreAsync([1]);
        await File.WriteAllTextAsync(Path.Combine(UserFiles, "alice", "notes.txt"), "mine", Token);
        await File.WriteAllTextAsync(Path.Combine(UserFiles, "lost+found"), "not a folder", Token);

        (await ListAsync(DateTimeOffset.UtcNow.AddMinutes(1))).ShouldBe([key]);
    }

    [Fact]
    public async Task Initialize_NewDataDirectory_IsClosedToOtherAccounts()
    {
        var path = Path.Combine(_directory.Path, "new");
        var blobs = new DiskBlobStore(Options.Create(new FileStoreOptions { DataDirectory = path }));

        await blobs.InitializeAsync(Token);

        new DirectoryInfo(path).UnixFileMode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task Identify_AnotherDirectory_IsAnotherMark()
    {
        var mark = await Blobs.IdentifyAsync(Token);
        var other = new DiskBlobStore(Options.Create(new FileStoreOptions { DataDirectory = Path.Combine(_directory.Path, "new") }));
        await other.InitializeAsync(Token);

        (await other.IdentifyAsync(Token)).ShouldNotBe(mark);
    }

    [Fact]
    public async Task Identify_ManyAtOnce_IsOneMark()
    {
        for (var round = 0; round < 100; round++)
        {
            File.Delete(Path.Combine(UserFiles, DiskBlobStore.MarkName));
            using var start = new Barrier(4);

            var marks = await Task.WhenAll(
                Enumerable
                    .Range(0, 4)
                    .Select(_ =>
                        Task.Factory.StartNew(
                                () =>
                                {
                                    start.SignalAndWait(Token);
                                    return Blobs.IdentifyAsync(Token);
                                },
                                Token,
                                TaskCreationOptions.LongRunning,
                                TaskScheduler.Default
                            )
                            .Unwrap()
                    )
            );

            marks.Distinct().ShouldHaveSingleItem().ShouldBe(await Blobs.IdentifyAsync(Token));
        }
    }

    [Fact]
    public async Task Identify_IncompleteMark_IsReplaced()
    {
        await File.WriteAllTextAsync(Path.Combine(UserFiles, DiskBlobStore.MarkName), "", Token);

        var mark = await Blobs.IdentifyAsync(Token);

        mark.ShouldNotBeEmpty();
        (await Blobs.IdentifyAsync(Token)).ShouldBe(mark);
    }

    [Fact]
    public async Task FindMissing_UnreadableFolder_Fails()
    {
        File.CreateSymbolicLink(Path.Combine(UserFiles, "alice"), "alice");

        (
            await Should.ThrowAsync<FileStoreException>(() =>
                Blobs.FindMissingAsync(new Dictionary<BlobKey, long> { [NewKey()] = 0 }, Token)
            )
        ).Error.ShouldBe(FileError.Unavailable);
    }

    [Fact]
    public async Task AnyCall_FailingDisk_IsUnavailable()
    {
        Directory.Delete(Incoming);

        var onCheck = await Should.ThrowAsync<FileStoreException>(() => Blobs.CheckAsync(Token));
        var onCreate = await Should.ThrowAsync<FileStoreException>(() => Blobs.CreateAsync(NewKey(), Token));

        onCheck.Error.ShouldBe(FileError.Unavailable);
        onCreate.Error.ShouldBe(FileError.Unavailable);
    }
}
