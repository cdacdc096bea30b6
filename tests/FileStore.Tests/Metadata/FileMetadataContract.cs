using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Metadata;
using CodeInterpreter.FileStore.Tests.Hosting;

namespace CodeInterpreter.FileStore.Tests.Metadata;

/// <summary>What every store of metadata has to do; a subclass names the store.</summary>
public abstract class FileMetadataContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = TestFiles.Noon;
    private static readonly DateTimeOffset Expiry = Noon.AddHours(48);

    private protected abstract IFileMetadata Metadata { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync() => await Metadata.InitializeAsync(Token);

    public abstract ValueTask DisposeAsync();

    [Fact]
    public async Task Initialize_ASecondTime_KeepsWhatIsThere()
    {
        var file = await AddAsync();

        await Metadata.InitializeAsync(Token);

        (await FindAsync(file)).ShouldBe(file);
    }

    [Fact]
    public async Task Check_StoreThatWorks_Passes() => await Metadata.CheckAsync(Token);

    [Fact]
    public async Task Find_StoredFile_HasEveryFieldUnchanged()
    {
        var generated = await AddAsync(TestFiles.Create(uploadedAt: Noon.AddMilliseconds(1)));
        var uploaded = await AddAsync(TestFiles.Create() with { Source = FileSource.Uploaded, ExecutionId = null });

        (await FindAsync(generated)).ShouldBe(generated);
        (await FindAsync(uploaded)).ShouldBe(uploaded);
    }

    [Fact]
    public async Task Add_IdThatIsTaken_FailsAndKeepsTheFirst()
    {
        var file = await AddAsync();

        await Should.ThrowAsync<Exception>(() => AddAsync(file with { Filename = "other" }));

        (await FindAsync(file)).ShouldBe(file);
    }

    [Fact]
    public async Task Add_UploadIdThatIsTaken_ReturnsTheFileThatHasIt()
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
    public async Task Add_UploadIdOfAFileBeingDeleted_IsFreeAgain()
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

        var kept = await Task.WhenAll(files.Select(file => Task.Run(() => Metadata.AddAsync(file, new Quota(MaxFiles: 1000, MaxBytes: 1_000_000_000), Token), Token)));

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
    public async Task Add_UploadIdThatIsTakenByAFileThatFillsTheQuota_ReturnsTheFileThatHasIt()
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
        (await Metadata.ClaimExpiredAsync(null, 10, ClaimAt(ClaimAt(Noon).Until), Token)).ShouldHaveSingleItem().FileId.ShouldBe(first.FileId);
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
    public async Task Replace_FileThatHasBeenReplacedOrHasExpired_ReturnsTheOneThatIsThere()
    {
        var first = await AddAsync(TestFiles.Create(uploadedAt: Noon.AddHours(-48)) with { UploadId = "a" });
        var second = TestFiles.Create() with { UploadId = "a" };
        var third = TestFiles.Create() with { UploadId = "a" };

        (await Metadata.ReplaceAsync(first, second, Quota.None, ClaimAt(Noon), Token)).ShouldBe(second);
        (await Metadata.ReplaceAsync(first, third, Quota.None, ClaimAt(Noon), Token)).ShouldBe(second);

        (await FindAsync(third)).ShouldBeNull();
    }

    [Fact]
    public async Task Replace_ManyAtOnce_LeaveOneAndClaimTheOthers()
    {
        var quota = new Quota(MaxFiles: 100, MaxBytes: 1_000_000);
        var first = await AddAsync(TestFiles.Create() with { UploadId = "a" });
        var files = Enumerable.Range(0, 20).Select(_ => TestFiles.Create() with { UploadId = "a" }).ToList();

        var kept = await Task.WhenAll(files.Select(
            file => Task.Run(() => Metadata.ReplaceAsync(first, file, quota, ClaimAt(Noon), Token), Token)));

        kept.Distinct().ShouldHaveSingleItem();
        (await Metadata.ListAsync(new FileQuery("alice"), null, 100, Noon, Token)).ShouldHaveSingleItem().ShouldBe(kept[0]);
    }

    [Fact]
    public async Task Find_UnknownIdOrOtherOwner_IsNull()
    {
        var file = await AddAsync();

        (await Metadata.FindAsync("alice", "alice_1_aaaaaaaaaaaaaaaa", Noon, Token)).ShouldBeNull();
        (await Metadata.FindAsync("bob", file.FileId, Noon, Token)).ShouldBeNull();
        (await Metadata.FindAsync("alice", file.FileId.ToUpperInvariant(), Noon, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Find_AtTheMomentOfExpiry_IsNullButNotOneMillisecondBefore()
    {
        var file = await AddAsync();

        (await Metadata.FindAsync("alice", file.FileId, Expiry.AddMilliseconds(-1), Token)).ShouldBe(file);
        (await Metadata.FindAsync("alice", file.FileId, Expiry, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task List_OwnersFiles_NewestFirstAndNobodyElses()
    {
        var old = await AddAsync(TestFiles.Create(uploadedAt: Noon.AddSeconds(-1)));
        var recent = await AddAsync();
        await AddAsync(TestFiles.Create("bob"));

        (await Metadata.ListAsync(new FileQuery("alice"), null, 10, Noon, Token)).ShouldBe([recent, old]);
        (await Metadata.ListAsync(new FileQuery("alice"), null, 1, Noon, Token)).ShouldBe([recent]);
        (await Metadata.ListAsync(new FileQuery("carol"), null, 10, Noon, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task List_OfOneExecution_LeavesOutAllOthers()
    {
        var first = await AddAsync(TestFiles.Create(uploadedAt: Noon.AddSeconds(-1)) with { ExecutionId = "one" });
        var second = await AddAsync(TestFiles.Create() with { ExecutionId = "one" });
        await AddAsync(TestFiles.Create() with { ExecutionId = "two" });
        await AddAsync(TestFiles.Create() with { Source = FileSource.Uploaded, ExecutionId = null });
        await AddAsync(TestFiles.Create("bob") with { ExecutionId = "one" });
        var query = new FileQuery("alice", "one");

        (await Metadata.ListAsync(query, null, 10, Noon, Token)).ShouldBe([second, first]);
        (await Metadata.ListAsync(query, new(second.UploadedAt, second.FileId), 10, Noon, Token)).ShouldBe([first]);
    }

    [Fact]
    public async Task List_FromPositionToPosition_VisitsEveryFileOnceEvenOfOneMoment()
    {
        var files = new List<StoredFile>();
        for (var i = 0; i < 7; i++)
        {
            files.Add(await AddAsync(TestFiles.Create(uploadedAt: Noon.AddSeconds(i / 3))));
        }

        var visited = new List<StoredFile>();
        FilePosition? position = null;
        while (await Metadata.ListAsync(new FileQuery("alice"), position, 2, Noon, Token) is { Count: > 0 } page)
        {
            visited.AddRange(page);
            position = new FilePosition(page[^1].UploadedAt, page[^1].FileId);
        }

        visited.ShouldBe(files
            .OrderByDescending(file => file.UploadedAt)
            .ThenByDescending(file => file.FileId, StringComparer.Ordinal));
    }

    [Fact]
    public async Task List_ExpiredAndClaimedFiles_AreLeftOut()
    {
        await AddAsync();
        var claimed = await AddAsync(TestFiles.Create(uploadedAt: Noon.AddHours(1)));
        var kept = await AddAsync(TestFiles.Create(uploadedAt: Noon.AddHours(1)));
        await Metadata.ClaimAsync("alice", claimed.FileId, ClaimAt(Noon), Token);

        (await Metadata.ListAsync(new FileQuery("alice"), null, 10, Expiry, Token)).ShouldBe([kept]);
    }

    [Fact]
    public async Task Claim_OwnFile_SucceedsOnceAndHidesIt()
    {
        var file = await AddAsync();

        (await Metadata.ClaimAsync("alice", file.FileId, ClaimAt(Noon), Token)).ShouldBeTrue();
        (await Metadata.ClaimAsync("alice", file.FileId, ClaimAt(Noon), Token)).ShouldBeFalse();
        (await FindAsync(file)).ShouldBeNull();
    }

    [Fact]
    public async Task Claim_ForeignUnknownOrExpiredFile_FailsAndChangesNothing()
    {
        var file = await AddAsync();

        (await Metadata.ClaimAsync("bob", file.FileId, ClaimAt(Noon), Token)).ShouldBeFalse();
        (await Metadata.ClaimAsync("alice", "alice_1_aaaaaaaaaaaaaaaa", ClaimAt(Noon), Token)).ShouldBeFalse();
        (await Metadata.ClaimAsync("alice", file.FileId, ClaimAt(Expiry), Token)).ShouldBeFalse();
        (await FindAsync(file)).ShouldBe(file);
    }

    [Fact]
    public async Task ClaimExpired_BeforeAndAtExpiry_TakesTheFileOnlyAtIt()
    {
        var file = await AddAsync();

        (await Metadata.ClaimExpiredAsync(null, 10, ClaimAt(Expiry.AddMilliseconds(-1)), Token)).ShouldBeEmpty();
        (await Metadata.ClaimExpiredAsync(null, 10, ClaimAt(Expiry), Token)).ShouldBe([file]);
    }

    [Fact]
    public async Task ClaimExpired_WhileAClaimLasts_IsNotRepeatedButOnceItHasLapsed()
    {
        var file = await AddAsync();
        var first = ClaimAt(Expiry);
        await Metadata.ClaimExpiredAsync(null, 10, first, Token);

        (await Metadata.ClaimExpiredAsync(null, 10, ClaimAt(first.Until.AddMilliseconds(-1)), Token)).ShouldBeEmpty();
        (await Metadata.ClaimExpiredAsync(null, 10, ClaimAt(first.Until), Token)).ShouldBe([file]);
    }

    [Fact]
    public async Task ClaimExpired_DeletionThatWasNeverFinished_IsTakenOverWhenItsClaimHasLapsed()
    {
        var file = await AddAsync();
        var claim = ClaimAt(Noon);
        await Metadata.ClaimAsync("alice", file.FileId, claim, Token);

        (await Metadata.ClaimExpiredAsync(null, 10, ClaimAt(Noon), Token)).ShouldBeEmpty();
        (await Metadata.ClaimExpiredAsync(null, 10, ClaimAt(claim.Until), Token)).ShouldBe([file]);
    }

    [Fact]
    public async Task ClaimExpired_ByManyAtOnce_HandsEveryFileToOneOfThem()
    {
        var files = new List<StoredFile>();
        for (var i = 0; i < 100; i++)
        {
            files.Add(await AddAsync(TestFiles.Create($"user{i % 5}")));
        }

        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(
            () => Metadata.ClaimExpiredAsync(null, 7, ClaimAt(Expiry), Token), Token)));

        claims.ShouldAllBe(claimed => claimed.Count <= 7);
        claims.SelectMany(claimed => claimed).Select(file => file.FileId)
            .ShouldBe(files.Select(file => file.FileId), ignoreOrder: true);
    }

    [Fact]
    public async Task Remove_ClaimedFiles_CountsThoseThatWereThereAndSparesTheUnclaimed()
    {
        var claimed = await AddAsync();
        var unclaimed = await AddAsync();
        await Metadata.ClaimAsync("alice", claimed.FileId, ClaimAt(Noon), Token);

        (await Metadata.RemoveAsync([claimed.FileId, unclaimed.FileId, "unknown"], Token)).ShouldBe(1);
        (await Metadata.RemoveAsync([claimed.FileId], Token)).ShouldBe(0);
        (await FindAsync(unclaimed)).ShouldBe(unclaimed);
    }

    [Fact]
    public async Task FindKnown_MixOfIds_ReturnsThoseWithARecordInAnyState()
    {
        var stored = await AddAsync();
        var claimed = await AddAsync();
        await Metadata.ClaimAsync("alice", claimed.FileId, ClaimAt(Noon), Token);

        (await Metadata.FindKnownAsync([stored.FileId, claimed.FileId, "unknown"], Token))
            .ShouldBe([stored.FileId, claimed.FileId], ignoreOrder: true);
        (await Metadata.FindKnownAsync([], Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Walk_FromIdToId_VisitsEveryStoredFileOnceInTheOrderOfIds()
    {
        var files = new List<StoredFile>();
        foreach (var user in (string[])["alice", "bob", "Bob", "a-b", "a_b", "7"])
        {
            files.Add(await AddAsync(TestFiles.Create(user)));
            files.Add(await AddAsync(TestFiles.Create(user, Noon.AddHours(1))));
        }

        await Metadata.ClaimAsync("bob", (await AddAsync(TestFiles.Create("bob"))).FileId, ClaimAt(Noon), Token);

        var visited = new List<StoredFile>();
        while (await Metadata.WalkAsync(visited.LastOrDefault()?.FileId ?? "", 5, Token) is { Count: > 0 } page)
        {
            page.Count.ShouldBeLessThanOrEqualTo(5);
            visited.AddRange(page);
        }

        visited.ShouldBe(files.OrderBy(file => file.FileId, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Bind_BlobStores_RemembersTheFirst()
    {
        var bound = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Metadata.BindAsync($"store {i}", Token), Token)));

        bound.Distinct().ShouldHaveSingleItem();
        (await Metadata.BindAsync("another", Token)).ShouldBe(bound[0]);
    }

    [Fact]
    public async Task Add_WithinTheQuota_SucceedsAndBeyondItIsNotThere()
    {
        var quota = new Quota(MaxFiles: 2, MaxBytes: 100);
        var first = TestFiles.Create() with { FileSize = 60 };
        await Metadata.AddAsync(first, quota, Token);

        var tooBig = await Should.ThrowAsync<FileStoreException>(
            () => Metadata.AddAsync(TestFiles.Create() with { FileSize = 41 }, quota, Token));
        var second = TestFiles.Create() with { FileSize = 40 };
        await Metadata.AddAsync(second, quota, Token);
        var tooMany = await Should.ThrowAsync<FileStoreException>(
            () => Metadata.AddAsync(TestFiles.Create() with { FileSize = 0 }, quota, Token));

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

        var tooBig = await Should.ThrowAsync<FileStoreException>(
            () => Metadata.AddAsync(TestFiles.Create() with { FileSize = 41 }, quota, Token));
        await Metadata.AddAsync(TestFiles.Create() with { FileSize = 40 }, quota, Token);
        var tooMany = await Should.ThrowAsync<FileStoreException>(
            () => Metadata.AddAsync(TestFiles.Create() with { FileSize = 0 }, quota, Token));

        tooBig.Message.ShouldContain("60 of 100 bytes");
        tooMany.Message.ShouldContain("2 of 2 files");
        (await Metadata.MeasureAsync("alice", Noon, Token)).ShouldBe(new FileUsage(4, 1190));
    }

    [Fact]
    public async Task Add_ManyAtOnceForTheLastRoom_NeverTakeItTwice()
    {
        var quota = new Quota(MaxFiles: 0, MaxBytes: 100);
        var files = Enumerable.Range(0, 12).Select(_ => TestFiles.Create() with { FileSize = 30 }).ToList();

        await Task.WhenAll(files.Select(file => Task.Run(
            async () =>
            {
                try
                {
                    await Metadata.AddAsync(file, quota, Token);
                }
                catch (FileStoreException exception) when (exception.Error == FileError.QuotaExceeded)
                {
                }
            },
            Token)));

        var usage = await Metadata.MeasureAsync("alice", Noon, Token);
        usage.Bytes.ShouldBeLessThanOrEqualTo(100);
        usage.Bytes.ShouldBe((await Metadata.ListAsync(new FileQuery("alice"), null, 100, Noon, Token)).Sum(file => file.FileSize));
    }

    [Fact]
    public async Task Measure_OwnersFiles_LeavesOutOthersAndExpiredOnes()
    {
        await AddAsync(TestFiles.Create() with { FileSize = 1 });
        await AddAsync(TestFiles.Create() with { FileSize = 20, ExpiresAt = Noon.AddHours(1) });
        await AddAsync(TestFiles.Create("bob") with { FileSize = 300 });

        (await Metadata.MeasureAsync("alice", Noon, Token)).ShouldBe(new FileUsage(2, 21));
        (await Metadata.MeasureAsync("alice", Noon.AddHours(1), Token)).ShouldBe(new FileUsage(1, 1));
        (await Metadata.MeasureAsync("carol", Noon, Token)).ShouldBe(new FileUsage(0, 0));
    }

    [Fact]
    public async Task Extend_File_LivesLongerButNeverShorter()
    {
        var file = await AddAsync();

        (await Metadata.ExtendAsync("alice", file.FileId, Expiry.AddHours(1), Noon, Token))
            .ShouldBe(file with { ExpiresAt = Expiry.AddHours(1) });
        (await Metadata.ExtendAsync("alice", file.FileId, Noon.AddHours(1), Noon, Token))!.ExpiresAt.ShouldBe(Expiry.AddHours(1));
        (await Metadata.ClaimExpiredAsync(null, 10, ClaimAt(Expiry), Token)).ShouldBeEmpty();
        (await Metadata.ExtendAsync("bob", file.FileId, Expiry.AddHours(9), Noon, Token)).ShouldBeNull();
        (await Metadata.ExtendAsync("alice", file.FileId, Expiry.AddHours(9), Expiry.AddHours(1), Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Extend_WhileItIsSwept_OneOfThemHasIt()
    {
        for (var round = 0; round < 20; round++)
        {
            var file = await AddAsync();
            var extending = Metadata.ExtendAsync("alice", file.FileId, Expiry.AddHours(1), Expiry.AddMilliseconds(-1), Token);
            var claiming = Metadata.ClaimExpiredAsync(null, 10, ClaimAt(Expiry), Token);

            var extended = await extending is not null;
            var claimed = (await claiming).Count == 1;

            (extended && claimed && (await Metadata.FindAsync("alice", file.FileId, Expiry, Token)) is not null).ShouldBeFalse();
            (extended || claimed).ShouldBeTrue();
            await Metadata.ClaimExpiredAsync(null, 10, ClaimAt(Expiry.AddHours(3)), Token);
        }
    }

    [Fact]
    public async Task HasExpired_FromItsExpiryOnUntilItIsForgotten_AndForItsOwnerOnly()
    {
        var file = await AddAsync();

        (await Metadata.HasExpiredAsync("alice", file.FileId, Expiry.AddMilliseconds(-1), Token)).ShouldBeFalse();
        (await Metadata.HasExpiredAsync("alice", file.FileId, Expiry, Token)).ShouldBeTrue();
        var swept = await Metadata.ClaimExpiredAsync(null, 10, ClaimAt(Expiry), Token);
        await Metadata.BuryAsync(swept, Token);
        await Metadata.BuryAsync(swept, Token);
        await Metadata.RemoveAsync([file.FileId], Token);

        (await Metadata.HasExpiredAsync("alice", file.FileId, Expiry, Token)).ShouldBeTrue();
        (await Metadata.HasExpiredAsync("bob", file.FileId, Expiry, Token)).ShouldBeFalse();
        (await Metadata.HasExpiredAsync("alice", "alice_1_aaaaaaaaaaaaaaaa", Expiry, Token)).ShouldBeFalse();
        await Metadata.ForgetExpiredAsync(Expiry, Token);
        (await Metadata.HasExpiredAsync("alice", file.FileId, Expiry, Token)).ShouldBeTrue();
        await Metadata.ForgetExpiredAsync(Expiry.AddMilliseconds(1), Token);
        (await Metadata.HasExpiredAsync("alice", file.FileId, Expiry, Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task ClaimExpired_OfOneOwner_LeavesTheOthers()
    {
        var own = await AddAsync();
        var other = await AddAsync(TestFiles.Create("bob"));

        (await Metadata.ClaimExpiredAsync("alice", 10, ClaimAt(Expiry), Token)).ShouldBe([own]);
        (await Metadata.ClaimExpiredAsync(null, 10, ClaimAt(Expiry), Token)).ShouldBe([other]);
    }

    [Fact]
    public async Task List_ByWhatIsAskedFor_LeavesOutTheRest()
    {
        var image = await AddAsync(TestFiles.Create() with { FileType = "image", Filename = "Plots/Größe (1).PNG" });
        var uploaded = await AddAsync(
            TestFiles.Create() with { FileType = "data", Filename = "a_b%.csv", Source = FileSource.Uploaded, ExecutionId = null });

        (await ListAsync(new("alice", FileType: "image"))).ShouldBe([image]);
        (await ListAsync(new("alice", Source: FileSource.Uploaded))).ShouldBe([uploaded]);
        (await ListAsync(new("alice", Source: FileSource.Generated))).ShouldBe([image]);
        (await ListAsync(new("alice", NameContains: "plots/"))).ShouldBe([image]);
        (await ListAsync(new("alice", NameContains: "(1)"))).ShouldBe([image]);
        (await ListAsync(new("alice", NameContains: "GRÖß"))).ShouldBe([image]);
        (await ListAsync(new("alice", NameContains: "größe"))).ShouldBe([image]);
        (await ListAsync(new("alice", NameContains: "gros"))).ShouldBeEmpty();
        (await ListAsync(new("alice", NameContains: "_b%"))).ShouldBe([uploaded]);
        (await ListAsync(new("alice", NameContains: ".*"))).ShouldBeEmpty();
        (await ListAsync(new("alice", FileType: "image", Source: FileSource.Uploaded))).ShouldBeEmpty();

        Task<IReadOnlyList<StoredFile>> ListAsync(FileQuery query) => Metadata.ListAsync(query, null, 10, Noon, Token);
    }

    [Fact]
    public async Task Texts_ThatLookLikeQueries_AreDataOnly()
    {
        var file = await AddAsync(TestFiles.Create() with { Filename = "'; DROP TABLE user_files; --" });

        (await Metadata.FindAsync("alice", "' OR '1'='1", Noon, Token)).ShouldBeNull();
        (await FindAsync(file)).ShouldBe(file);
    }

    private static Claim ClaimAt(DateTimeOffset now) => new(now, now.AddMinutes(5));

    private async Task<StoredFile> AddAsync(StoredFile? file = null)
    {
        file ??= TestFiles.Create();
        await Metadata.AddAsync(file, Quota.None, Token);
        return file;
    }

    private Task<StoredFile?> FindAsync(StoredFile file) => Metadata.FindAsync(file.UserId, file.FileId, Noon, Token);
}
