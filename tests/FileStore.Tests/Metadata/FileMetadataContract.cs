using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Metadata;
using CodeInterpreter.FileStore.Tests.Hosting;

namespace CodeInterpreter.FileStore.Tests.Metadata;

/// <summary>What every store of metadata has to do; a subclass names the store.</summary>
public abstract partial class FileMetadataContract : IAsyncLifetime
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
    public async Task Check_WorkingDatabase_Passes() => await Metadata.CheckAsync(Token);

    [Fact]
    public async Task Find_StoredFile_HasEveryFieldUnchanged()
    {
        var generated = await AddAsync(TestFiles.Create(uploadedAt: Noon.AddMilliseconds(1)));
        var uploaded = await AddAsync(TestFiles.Create() with { Source = FileSource.Uploaded, ExecutionId = null });

        (await FindAsync(generated)).ShouldBe(generated);
        (await FindAsync(uploaded)).ShouldBe(uploaded);
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
    public async Task List_FilesOfAUser_AreNewestFirstWithoutOthers()
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
    public async Task List_PageByPage_HasEveryFileOnceEvenOfOneMoment()
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

        visited.ShouldBe(files.OrderByDescending(file => file.UploadedAt).ThenByDescending(file => file.FileId, StringComparer.Ordinal));
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
    public async Task FindKnown_SomeIds_ReturnsThoseWithARecordInAnyState()
    {
        var stored = await AddAsync();
        var claimed = await AddAsync();
        await Metadata.ClaimAsync("alice", claimed.FileId, ClaimAt(Noon), Token);

        (await Metadata.FindKnownAsync([stored.FileId, claimed.FileId, "unknown"], Token)).ShouldBe(
            [stored.FileId, claimed.FileId],
            ignoreOrder: true
        );
        (await Metadata.FindKnownAsync([], Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Walk_PageByPage_HasEveryFileOnceInTheOrderOfIds()
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
    public async Task Bind_SeveralBlobStores_KeepsTheFirst()
    {
        var bound = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Metadata.BindAsync($"store {i}", Token), Token)));

        bound.Distinct().ShouldHaveSingleItem();
        (await Metadata.BindAsync("another", Token)).ShouldBe(bound[0]);
    }

    [Fact]
    public async Task Measure_FilesOfAUser_LeavesOutOthersAndExpiredOnes()
    {
        await AddAsync(TestFiles.Create() with { FileSize = 1 });
        await AddAsync(TestFiles.Create() with { FileSize = 20, ExpiresAt = Noon.AddHours(1) });
        await AddAsync(TestFiles.Create("bob") with { FileSize = 300 });

        (await Metadata.MeasureAsync("alice", Noon, Token)).ShouldBe(new FileUsage(2, 21));
        (await Metadata.MeasureAsync("alice", Noon.AddHours(1), Token)).ShouldBe(new FileUsage(1, 1));
        (await Metadata.MeasureAsync("carol", Noon, Token)).ShouldBe(new FileUsage(0, 0));
    }

    [Fact]
    public async Task List_WithFilters_LeavesOutOthers()
    {
        var image = await AddAsync(TestFiles.Create() with { FileType = "image", Filename = "Plots/Größe (1).PNG" });
        var uploaded = await AddAsync(
            TestFiles.Create() with
            {
                FileType = "data",
                Filename = "a_b%.csv",
                Source = FileSource.Uploaded,
                ExecutionId = null,
            }
        );

        (await ListAsync(new("alice", FileType: "image"))).ShouldBe([image]);
        (await ListAsync(new("alice", Source: FileSource.Uploaded))).ShouldBe([uploaded]);
        (await ListAsync(new("alice", Source: FileSource.Generated))).ShouldBe([image]);
        (await ListAsync(new("alice", NameContains: "plots/"))).ShouldBe([image]);
        (await ListAsync(new("alice", NameContains: "(1)"))).ShouldBe([image]);
        (await ListAsync(new("alice", NameContains: "GRÖß"))).ShouldBe([image]);
        (await ListAsync(new("alice", NameContains: "größe"))).ShouldBe([image]);
        (await ListAsync(new("alice", NameContains: "gro\u0308ße"))).ShouldBe([image]);
        (await ListAsync(new("alice", NameContains: "gros"))).ShouldBeEmpty();
        (await ListAsync(new("alice", NameContains: "_b%"))).ShouldBe([uploaded]);
        (await ListAsync(new("alice", NameContains: ".*"))).ShouldBeEmpty();
        (await ListAsync(new("alice", FileType: "image", Source: FileSource.Uploaded))).ShouldBeEmpty();

        // As macOS has it, and Korean with it.
        var decomposed = await AddAsync(TestFiles.Create() with { Filename = "Re\u0301sume\u0301 \u1112\u1161\u11AB.txt" });
        (await ListAsync(new("alice", NameContains: "RÉSUMÉ"))).ShouldBe([decomposed]);
        (await ListAsync(new("alice", NameContains: "résumé 한"))).ShouldBe([decomposed]);
        (await ListAsync(new("alice", NameContains: "re\u0301sume\u0301"))).ShouldBe([decomposed]);

        Task<IReadOnlyList<StoredFile>> ListAsync(FileQuery query) => Metadata.ListAsync(query, null, 10, Noon, Token);
    }

    [Fact]
    public async Task Texts_ThatLookLikeQueries_AreOnlyData()
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
