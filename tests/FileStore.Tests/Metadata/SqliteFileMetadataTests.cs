using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Metadata;
using CodeInterpreter.FileStore.Settings;
using CodeInterpreter.FileStore.Tests.Hosting;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.FileStore.Tests.Metadata;

public sealed class SqliteFileMetadataTests : FileMetadataContract
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteFileMetadata _metadata;

    public SqliteFileMetadataTests() => _metadata = Open(_directory.Path);

    private protected override IFileMetadata Metadata => _metadata;

    public static TheoryData<string> Statements =>
        [
            SqliteStatements.Find,
            SqliteStatements.List(new FileQuery("a"), after: null),
            SqliteStatements.List(new FileQuery("a"), Behind),
            SqliteStatements.Claim,
            SqliteStatements.ClaimExpired,
            SqliteStatements.Walk,
            SqliteStatements.ForgetExpiredOf,
            .. StatementsForOneExecution,
        ];

    public static TheoryData<string> StatementsForOneExecution =>
        [
            SqliteStatements.List(new FileQuery("a", "e"), after: null),
            SqliteStatements.List(new FileQuery("a", "e"), Behind),
            SqliteStatements.MeasureExecution,
        ];

    private static FilePosition Behind => new(DateTimeOffset.UnixEpoch, "b");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public override async ValueTask DisposeAsync()
    {
        await _metadata.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Schema_HasTheRequiredFieldsAndIndexes()
    {
        await using var connection = await ConnectAsync();

        var columns = await connection.QueryAsync<string>("SELECT name FROM pragma_table_info('user_files')");
        "file_id user_id filename file_path file_size file_type uploaded_at expires_at".Split(' ').ShouldBeSubsetOf(columns);
        var indexed = await connection.QueryAsync<string>(
            "SELECT i.name FROM pragma_index_list('user_files') l JOIN pragma_index_info(l.name) i WHERE i.seqno = 0"
        );
        "file_id user_id expires_at".Split(' ').ShouldBeSubsetOf(indexed);
    }

    [Fact]
    public async Task Database_UsesAWriteAheadLog()
    {
        await using var connection = await ConnectAsync();

        (await connection.QuerySingleAsync<string>("PRAGMA journal_mode")).ShouldBe("wal");
    }

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task Statements_DoNotReadTheWholeTableOrSort(string statement) =>
        (await PlanAsync(statement)).ShouldAllBe(step =>
            !step.Contains("SCAN user_files") && !step.Contains("SCAN expired_files") && !step.Contains("TEMP B-TREE")
        );

    [Theory]
    [MemberData(nameof(StatementsForOneExecution))]
    public async Task Statements_ForOneExecution_ReadNoOtherFilesOfTheUser(string statement) =>
        (await PlanAsync(statement)).ShouldHaveSingleItem().ShouldContain("(user_id=? AND execution_id=?");

    [Fact]
    public async Task Database_OfTwoStores_SharesFilesAndClaims()
    {
        await using var other = Open(_directory.Path);
        await other.InitializeAsync(Token);
        var file = TestFiles.Create();
        await _metadata.AddAsync(file, Quota.None, Token);
        var claim = new Claim(file.ExpiresAt, file.ExpiresAt.AddMinutes(5));

        var claims = await Task.WhenAll(
            Task.Run(() => _metadata.ClaimExpiredAsync(null, 10, claim, Token), Token),
            Task.Run(() => other.ClaimExpiredAsync(null, 10, claim, Token), Token)
        );

        claims.SelectMany(claimed => claimed).ShouldHaveSingleItem().ShouldBe(file);
    }

    [Fact]
    public async Task Database_CannotBeOpened_IsUnavailable()
    {
        await using var broken = Open(Path.Combine(_directory.Path, "missing"));

        var failure = await Should.ThrowAsync<FileStoreException>(() => broken.CheckAsync(Token));

        failure.Error.ShouldBe(FileError.Unavailable);
    }

    private static SqliteFileMetadata Open(string directory) => new(Options.Create(new FileStoreOptions { DataDirectory = directory }));

    private async Task<IEnumerable<string>> PlanAsync(string statement)
    {
        await using var connection = await ConnectAsync();
        var plan = await connection.QueryAsync<PlanStep>(
            "EXPLAIN QUERY PLAN " + statement,
            new
            {
                userId = "a",
                fileId = "b",
                executionId = "e",
                now = 1,
                until = 2,
                count = 3,
                uploadedAt = 4,
                after = "",
            }
        );
        return plan.Select(step => step.Detail);
    }

    private async Task<SqliteConnection> ConnectAsync()
    {
        var connection = new SqliteConnection($"Data Source={_directory.Path}/metadata.db;Pooling=False");
        await connection.OpenAsync(Token);
        return connection;
    }

    private sealed class PlanStep
    {
        public string Detail { get; init; } = "";
    }
}
