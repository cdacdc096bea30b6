using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Tests.Hosting;

namespace CodeInterpreter.FileStore.Tests.Metadata;

public abstract partial class FileMetadataContract
{
    [Fact]
    public async Task Add_SameId_FailsAndKeepsTheFirst()
    {
        var file = await AddAsync();

        await Should.ThrowAsync<Exception>(() => AddAsync(file with { Filename = "other" }));

        (await FindAsync(file)).ShouldBe(file);
    }

    [Fact]
    public async Task Add_SameUploadId_ReturnsTheFirstFile()
    {
        var first = await AddAsync(TestFiles.Create() with { UploadId = "u/1" });
        var again = TestFiles.Create() with { UploadId = "u/1" };

        (await Metadata.AddAsync(again, Quota.None, Token)).ShouldBe(first);
        (await FindAsync(again)).ShouldBeNull();
        var foreign = TestFiles.Create("bob") with { UploadId = "u/1" };
        (await Metadata.AddAsync(foreign, Quota.None, Token)).ShouldBe(foreign);
        (await FindAsync(foreign)).ShouldBe(foreign);
    }

    [Fact]
    public async Task Add_UploadIdOfAFileBeingDeleted_AddsAnother()
    {
        var claimed = await AddAsync(TestFiles.Create() with { UploadId = "a" });
        await Metadata.ClaimAsync("alice", claimed.FileId, ClaimAt(Noon), Token);
        var expired = await AddAsync(TestFiles.Create() with { UploadId = "b" });
        await Metadata.ClaimExpiredAsync(null, 10, ClaimAt(Expiry), Token);

        foreach (var uploadId in (string[])["a", "b"])
        {
            var next = TestFiles.Create() with { UploadId = uploadId };
            (await Metadata.AddAsync(next, Quota.None, Token)).ShouldBe(next);
        }

        expired.UploadId.ShouldBe("b");
    }

    [Fact]
    public async Task Add_ManyWithOneUploadIdAtOnce_OneSucceeds()
    {
        var files = Enumerable.Range(0, 20).Select(_ => TestFiles.Create() with { UploadId = "same" }).ToList();

        var kept = await Task.WhenAll(
            files.Select(file => Task.Run(() => Metadata.AddAsync(file, new Quota(MaxFiles: 1000, MaxBytes: 1_000_000_000), Token), Token))
        );

        kept.Distinct().ShouldHaveSingleItem();
        (await Metadata.ListAsync(new FileQuery("alice"), null, 100, Noon, Token)).ShouldHaveSingleItem().ShouldBe(kept[0]);
    }

    [Fact]
    public async Task Add_UploadIdOfAnotherExecutionOrOfTheOwner_IsAnotherUpload()
    {
        foreach (var executionId in (string?[])[null, "e1", "e2"])
        {
            var file = TestFiles.Create() with
            {
                Source = executionId is null ? FileSource.Uploaded : FileSource.Generated,
                ExecutionId = executionId,
                UploadId = "e1/a",
            };
            (await Metadata.AddAsync(file, Quota.None, Token)).ShouldBe(file);
            (await FindAsync(file)).ShouldBe(file);
        }

        (await Metadata.ListAsync(new FileQuery("alice"), null, 10, Noon, Token)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Add_SameUploadIdWithAFullQuota_ReturnsTheFirstFile()
    {
        var quota = new Quota(MaxFiles: 1, MaxBytes: 100) { OfExecution = new Quota(MaxFiles: 1, MaxBytes: 100) };
        var first = TestFiles.Create() with { FileSize = 60, UploadId = "a" };
        await Metadata.AddAsync(first, quota, Token);

        (await Metadata.AddAsync(TestFiles.Create() with { FileSize = 60, UploadId = "a" }, quota, Token)).ShouldBe(first);

        (await Metadata.MeasureAsync("alice", Noon, Token)).ShouldBe(new FileUsage(1, 60));
    }

    [Fact]
    public async Task Replace_WithinTheQuotaWithoutTheEarlierFile_TakesItsPlace()
    {
        var quota = new Quota(MaxFiles: 1, MaxBytes: 100) { OfExecution = new Quota(MaxFiles: 1, MaxBytes: 100) };
        var first = TestFiles.Create() with { FileSize = 60, UploadId = "a" };
        await Metadata.AddAsync(first, quota, Token);
        var next = TestFiles.Create() with { FileSize = 100, UploadId = "a" };

        (await Metadata.ReplaceAsync(first, next, quota, ClaimAt(Noon), Token)).ShouldBe(next);

        (await Metadata.ListAsync(new FileQuery("alice"), null, 10, Noon, Token)).ShouldHaveSingleItem().ShouldBe(next);
        (await Metadata.ClaimExpiredAsync(null, 10, ClaimAt(Noon), Token)).ShouldBeEmpty();
        (await Metadata.ClaimExpiredAsync(null, 10, ClaimAt(ClaimAt(Noon).Until), Token))
            .ShouldHaveSingleItem()
            .FileId.ShouldBe(first.FileId);
    }

    [Fact]
    public async Task Replace_BeyondTheQuota_KeepsTheEarlierFile()
    {
        var quota = new Quota(MaxFiles: 0, MaxBytes: 100);
        var first = TestFiles.Create() with { FileSize = 60, UploadId = "a" };
        await Metadata.AddAsync(first, quota, Token);
        await Metadata.AddAsync(TestFiles.Create() with { FileSize = 10 }, quota, Token);
        var next = TestFiles.Create() with { FileSize = 91, UploadId = "a" };

        var refusal = await Should.ThrowAsync<FileStoreException>(() => Metadata.ReplaceAsync(first, next, quota, ClaimAt(Noon), Token));

        refusal.Error.ShouldBe(FileError.QuotaExceeded);
        refusal.Message.ShouldContain("10 of 100 bytes");
        (await FindAsync(first)).ShouldBe(first);
        (await FindAsync(next)).ShouldBeNull();
        (await Metadata.AddAsync(next, Quota.None, Token)).ShouldBe(first);
    }

    [Fact]
    public async Task Replace_FileReplacedOrExpiredMeanwhile_ReturnsTheCurrentOne()
    {
        var first = await AddAsync(TestFiles.Create(uploadedAt: Noon.AddHours(-48)) with { UploadId = "a" });
        var second = TestFiles.Create() with { UploadId = "a" };
        var third = TestFiles.Create() with { UploadId = "a" };

        (await Metadata.ReplaceAsync(first, second, Quota.None, ClaimAt(Noon), Token)).ShouldBe(second);
        (await Metadata.ReplaceAsync(first, third, Quota.None, ClaimAt(Noon), Token)).ShouldBe(second);

        (await FindAsync(third)).ShouldBeNull();
    }

    [Fact]
    public async Task Replace_ManyAtOnce_LeavesOneAndClaimsTheOthers()
    {
        var quota = new Quota(MaxFiles: 100, MaxBytes: 1_000_000);
        var first = await AddAsync(TestFiles.Create() with { UploadId = "a" });
        var files = Enumerable.Range(0, 20).Select(_ => TestFiles.Create() with { UploadId = "a" }).ToList();

        var kept = await Task.WhenAll(
            files.Select(file => Task.Run(() => Metadata.ReplaceAsync(first, file, quota, ClaimAt(Noon), Token), Token))
        );

        kept.Distinct().ShouldHaveSingleItem();
        (await Metadata.ListAsync(new FileQuery("alice"), null, 100, Noon, Token)).ShouldHaveSingleItem().ShouldBe(kept[0]);
    }

    [Fact]
    public async Task Add_BeyondTheQuota_FailsAndIsNotThere()
    {
        var quota = new Quota(MaxFiles: 2, MaxBytes: 100);
        var first = TestFiles.Create() with { FileSize = 60 };
        await Metadata.AddAsync(first, quota, Token);

        var tooBig = await Should.ThrowAsync<FileStoreException>(() =>
            Metadata.AddAsync(TestFiles.Create() with { FileSize = 41 }, quota, Token)
        );
        var second = TestFiles.Create() with { FileSize = 40 };
        await Metadata.AddAsync(second, quota, Token);
        var tooMany = await Should.ThrowAsync<FileStoreException>(() =>
            Metadata.AddAsync(TestFiles.Create() with { FileSize = 0 }, quota, Token)
        );

        (tooBig.Error, tooMany.Error).ShouldBe((FileError.QuotaExceeded, FileError.QuotaExceeded));
        tooBig.Message.ShouldContain("60 of 100 bytes");
        tooMany.Message.ShouldContain("2 of 2 files");
        (await Metadata.ListAsync(new FileQuery("alice"), null, 10, Noon, Token)).ShouldBe([first, second], ignoreOrder: true);
        (await Metadata.AddAsync(TestFiles.Create("bob") with { FileSize = 100 }, quota, Token)).UserId.ShouldBe("bob");
        (await Metadata.ClaimExpiredAsync(null, 10, ClaimAt(Noon.AddHours(1)), Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Add_WithinTheQuotaOfAnExecution_CountsOnlyItsFiles()
    {
        var quota = Quota.None with { OfExecution = new Quota(MaxFiles: 2, MaxBytes: 100) };
        await Metadata.AddAsync(TestFiles.Create() with { FileSize = 60 }, quota, Token);
        await Metadata.AddAsync(TestFiles.Create() with { FileSize = 1000, ExecutionId = null }, quota, Token);
        await Metadata.AddAsync(TestFiles.Create() with { FileSize = 90, ExecutionId = "exec-2" }, quota, Token);

        var tooBig = await Should.ThrowAsync<FileStoreException>(() =>
            Metadata.AddAsync(TestFiles.Create() with { FileSize = 41 }, quota, Token)
        );
        await Metadata.AddAsync(TestFiles.Create() with { FileSize = 40 }, quota, Token);
        var tooMany = await Should.ThrowAsync<FileStoreException>(() =>
            Metadata.AddAsync(TestFiles.Create() with { FileSize = 0 }, quota, Token)
        );

        tooBig.Message.ShouldContain("60 of 100 bytes");
        tooMany.Message.ShouldContain("2 of 2 files");
        (await Metadata.MeasureAsync("alice", Noon, Token)).ShouldBe(new FileUsage(4, 1190));
    }

    [Fact]
    public async Task Add_ManyAtOnceForTheRestOfTheQuota_NeverExceedIt()
    {
        var quota = new Quota(MaxFiles: 0, MaxBytes: 100);
        var files = Enumerable.Range(0, 12).Select(_ => TestFiles.Create() with { FileSize = 30 }).ToList();

        await Task.WhenAll(
            files.Select(file =>
                Task.Run(
                    async () =>
                    {
                        try
                        {
                            await Metadata.AddAsync(file, quota, Token);
                        }
                        catch (FileStoreException exception) when (exception.Error == FileError.QuotaExceeded) { }
                    },
                    Token
                )
            )
        );

        var usage = await Metadata.MeasureAsync("alice", Noon, Token);
        usage.Bytes.ShouldBeLessThanOrEqualTo(100);
        usage.Bytes.ShouldBe((await Metadata.ListAsync(new FileQuery("alice"), null, 100, Noon, Token)).Sum(file => file.FileSize));
    }
}
