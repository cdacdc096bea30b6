using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Tests.Hosting;

namespace CodeInterpreter.FileStore.Tests.Metadata;

public abstract partial class FileMetadataContract
{
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
    public async Task ClaimExpired_BeforeAndAtExpiry_ClaimsOnlyAtExpiry()
    {
        var file = await AddAsync();

        (await Metadata.ClaimExpiredAsync(null, 10, ClaimAt(Expiry.AddMilliseconds(-1)), Token)).ShouldBeEmpty();
        (await Metadata.ClaimExpiredAsync(null, 10, ClaimAt(Expiry), Token)).ShouldBe([file]);
    }

    [Fact]
    public async Task ClaimExpired_ClaimedFile_IsClaimedAgainAfterTheLease()
    {
        var file = await AddAsync();
        var first = ClaimAt(Expiry);
        await Metadata.ClaimExpiredAsync(null, 10, first, Token);

        (await Metadata.ClaimExpiredAsync(null, 10, ClaimAt(first.Until.AddMilliseconds(-1)), Token)).ShouldBeEmpty();
        (await Metadata.ClaimExpiredAsync(null, 10, ClaimAt(first.Until), Token)).ShouldBe([file]);
    }

    [Fact]
    public async Task ClaimExpired_UnfinishedDeletion_IsTakenOverAfterTheLease()
    {
        var file = await AddAsync();
        var claim = ClaimAt(Noon);
        await Metadata.ClaimAsync("alice", file.FileId, claim, Token);

        (await Metadata.ClaimExpiredAsync(null, 10, ClaimAt(Noon), Token)).ShouldBeEmpty();
        (await Metadata.ClaimExpiredAsync(null, 10, ClaimAt(claim.Until), Token)).ShouldBe([file]);
    }

    [Fact]
    public async Task ClaimExpired_ManyAtOnce_EachFileIsClaimedOnce()
    {
        var files = new List<StoredFile>();
        for (var i = 0; i < 100; i++)
        {
            files.Add(await AddAsync(TestFiles.Create($"user{i % 5}")));
        }

        var claims = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => Metadata.ClaimExpiredAsync(null, 7, ClaimAt(Expiry), Token), Token))
        );

        claims.ShouldAllBe(claimed => claimed.Count <= 7);
        claims.SelectMany(claimed => claimed).Select(file => file.FileId).ShouldBe(files.Select(file => file.FileId), ignoreOrder: true);
    }

    [Fact]
    public async Task Remove_ClaimedFiles_AreCountedAndUnclaimedStay()
    {
        var claimed = await AddAsync();
        var unclaimed = await AddAsync();
        await Metadata.ClaimAsync("alice", claimed.FileId, ClaimAt(Noon), Token);

        (await Metadata.RemoveAsync([claimed.FileId, unclaimed.FileId, "unknown"], Token)).ShouldBe(1);
        (await Metadata.RemoveAsync([claimed.FileId], Token)).ShouldBe(0);
        (await FindAsync(unclaimed)).ShouldBe(unclaimed);
    }

    [Fact]
    public async Task Extend_File_NeverShortensItsLife()
    {
        var file = await AddAsync();

        (await Metadata.ExtendAsync("alice", file.FileId, Expiry.AddHours(1), Noon, Token)).ShouldBe(
            file with
            {
                ExpiresAt = Expiry.AddHours(1),
            }
        );
        (await Metadata.ExtendAsync("alice", file.FileId, Noon.AddHours(1), Noon, Token))!.ExpiresAt.ShouldBe(Expiry.AddHours(1));
        (await Metadata.ClaimExpiredAsync(null, 10, ClaimAt(Expiry), Token)).ShouldBeEmpty();
        (await Metadata.ExtendAsync("bob", file.FileId, Expiry.AddHours(9), Noon, Token)).ShouldBeNull();
        (await Metadata.ExtendAsync("alice", file.FileId, Expiry.AddHours(9), Expiry.AddHours(1), Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Extend_WhileItIsSwept_OneOfThemSucceeds()
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
    public async Task HasExpired_ExpiredFile_IsTrueForItsOwnerUntilItIsForgotten()
    {
        var file = await AddAsync();

        (await Metadata.HasExpiredAsync("alice", file.FileId, Expiry.AddMilliseconds(-1), Token)).ShouldBeFalse();
        (await Metadata.HasExpiredAsync("alice", file.FileId, Expiry, Token)).ShouldBeTrue();
        var swept = await Metadata.ClaimExpiredAsync(null, 10, ClaimAt(Expiry), Token);
        await Metadata.RecordExpiredAsync(swept, Token);
        await Metadata.RecordExpiredAsync(swept, Token);
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
    public async Task ForgetExpired_OfOneOwner_KeepsThoseOfOthers()
    {
        var file = await AddAsync();
        await Metadata.RecordExpiredAsync(await Metadata.ClaimExpiredAsync(null, 10, ClaimAt(Expiry), Token), Token);
        await Metadata.RemoveAsync([file.FileId], Token);

        await Metadata.ForgetExpiredAsync("bob", Token);
        (await Metadata.HasExpiredAsync("alice", file.FileId, Expiry, Token)).ShouldBeTrue();
        await Metadata.ForgetExpiredAsync("alice", Token);
        (await Metadata.HasExpiredAsync("alice", file.FileId, Expiry, Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task RecordExpired_SameFileManyTimesAtOnce_IsRecorded()
    {
        for (var round = 0; round < 20; round++)
        {
            var file = TestFiles.Create();

            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Metadata.RecordExpiredAsync([file], Token), Token)));

            (await Metadata.HasExpiredAsync("alice", file.FileId, Expiry, Token)).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task ClaimExpired_OfOneOwner_LeavesOthers()
    {
        var own = await AddAsync();
        var other = await AddAsync(TestFiles.Create("bob"));

        (await Metadata.ClaimExpiredAsync("alice", 10, ClaimAt(Expiry), Token)).ShouldBe([own]);
        (await Metadata.ClaimExpiredAsync(null, 10, ClaimAt(Expiry), Token)).ShouldBe([other]);
    }
}
