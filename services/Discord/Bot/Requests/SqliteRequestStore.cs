using System.Text.Json;
using CodeInterpreter.Discord.Bot.Settings;
using CodeInterpreter.ServiceDefaults.Databases;
using CodeInterpreter.ServiceDefaults.Storage;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Discord.Bot.Requests;

/// <summary>Requests in <c>discord.db</c> in the data directory, for one process.</summary>
internal sealed class SqliteRequestStore(IOptions<BotOptions> options, TimeProvider time)
    : SqliteDatabase(Path.Combine(options.Value.DataDirectory, "discord.db"), Schema, time, StoreUnavailableException.Of),
        IRequestStore
{
    private const string Forget = "answer = NULL, answer_until = NULL, busy_user = NULL, lease_owner = NULL, lease_until = NULL";

    private const string Columns =
        "id AS Id, user_id AS UserId, received_at AS ReceivedAt, code AS Code, execution_id AS ExecutionId, answer AS Answer";

    // busy_user is the user of a pending answer, so that there is one at a time.
    private static readonly string[] Schema =
    [
        """
            CREATE TABLE requests (
                id TEXT NOT NULL PRIMARY KEY,
                user_id TEXT NOT NULL,
                received_at INTEGER NOT NULL,
                code TEXT NOT NULL,
                execution_id TEXT NULL,
                answer TEXT NULL,
                answer_until INTEGER NULL,
                busy_user TEXT NULL UNIQUE,
                lease_owner TEXT NULL,
                lease_until INTEGER NULL);
            CREATE INDEX requests_received_at ON requests (received_at);
            CREATE INDEX requests_user_id ON requests (user_id);
            CREATE INDEX requests_lease_until ON requests (lease_until);
            """,
    ];

    public Task<Addition> AddAsync(StoredRequest request, Lease lease, DateTimeOffset now, CancellationToken cancellationToken) =>
        WriteAsync(
            async writer =>
            {
                var parameters = new
                {
                    request.Id,
                    request.UserId,
                    ReceivedAt = Milliseconds(request.ReceivedAt),
                    Code = JsonSerializer.Serialize(request.Code, RequestJson.Default.RequestedCode),
                    request.ExecutionId,
                    Answer = Json(request.Answer),
                    AnswerUntil = request.Answer is { } answer ? Milliseconds(answer.ExpiresAt) : (long?)null,
                    BusyUser = request.Answer is null ? null : request.UserId,
                    LeaseOwner = request.Answer is null ? null : lease.Owner,
                    LeaseUntil = request.Answer is null ? (long?)null : Milliseconds(lease.Until),
                    Now = Milliseconds(now),
                };
                await writer.ExecuteAsync(
                    $"UPDATE requests SET {Forget} WHERE busy_user = @UserId AND answer_until <= @Now AND id <> @Id",
                    parameters
                );
                var added = await writer.ExecuteAsync(
                    """
                    INSERT INTO requests
                        (id, user_id, received_at, code, execution_id, answer, answer_until, busy_user, lease_owner, lease_until)
                    VALUES (@Id, @UserId, @ReceivedAt, @Code, @ExecutionId, @Answer, @AnswerUntil, @BusyUser, @LeaseOwner, @LeaseUntil)
                    ON CONFLICT DO NOTHING
                    """,
                    parameters
                );
                if (added > 0)
                    return Addition.Added;
                return await writer.ExecuteScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM requests WHERE id = @Id)", parameters)
                    ? Addition.Known
                    : Addition.UserBusy;
            },
            cancellationToken
        );

    public async Task<StoredRequest?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var row = await ReadAsync(
            reader => reader.QuerySingleOrDefaultAsync<Row>($"SELECT {Columns} FROM requests WHERE id = @id", new { id }),
            cancellationToken
        );
        return row?.ToRequest();
    }

    public async Task<bool> UpdateAsync(StoredRequest request, string owner, CancellationToken cancellationToken) =>
        await ExecuteAsync(
            "UPDATE requests SET code = @Code, execution_id = @ExecutionId, answer = @Answer WHERE id = @Id AND lease_owner = @Owner",
            new
            {
                request.Id,
                Code = JsonSerializer.Serialize(request.Code, RequestJson.Default.RequestedCode),
                request.ExecutionId,
                Answer = Json(request.Answer),
                Owner = owner,
            },
            cancellationToken
        ) > 0;

    public Task FinishAsync(string id, string owner, CancellationToken cancellationToken) =>
        ExecuteAsync($"UPDATE requests SET {Forget} WHERE id = @id AND lease_owner = @owner", new { id, owner }, cancellationToken);

    public async Task<IReadOnlyList<StoredRequest>> TakeOverAsync(Lease lease, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            lease.Owner,
            Until = Milliseconds(lease.Until),
            Now = Milliseconds(now),
        };
        var rows = await WriteAsync(
            writer =>
                writer.QueryAsync<Row>(
                    $"""
                    UPDATE requests SET lease_owner = @Owner, lease_until = @Until
                    WHERE lease_until <= @Now AND answer_until > @Now RETURNING {Columns}
                    """,
                    parameters
                ),
            cancellationToken
        );
        return [.. rows.Select(row => row.ToRequest())];
    }

    public Task RenewAsync(IReadOnlyCollection<string> ids, Lease lease, CancellationToken cancellationToken) =>
        ExecuteAsync(
            "UPDATE requests SET lease_until = @Until WHERE lease_owner = @Owner AND id IN @Ids",
            new
            {
                lease.Owner,
                Until = Milliseconds(lease.Until),
                Ids = ids,
            },
            cancellationToken
        );

    public Task DeleteOfUserAsync(string userId, CancellationToken cancellationToken) =>
        ExecuteAsync("DELETE FROM requests WHERE user_id = @userId AND answer IS NULL", new { userId }, cancellationToken);

    public Task SweepAsync(DateTimeOffset receivedBefore, DateTimeOffset now, CancellationToken cancellationToken) =>
        ExecuteAsync(
            $"""
            DELETE FROM requests WHERE received_at < @Before;
            UPDATE requests SET {Forget} WHERE answer_until <= @Now;
            """,
            new { Before = Milliseconds(receivedBefore), Now = Milliseconds(now) },
            cancellationToken
        );

    protected override void Prepare() => PrivateDirectory.Create(options.Value.DataDirectory);

    private Task<int> ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        WriteAsync((SqliteConnection writer) => writer.ExecuteAsync(sql, parameters), cancellationToken);

    private static string? Json(PendingAnswer? answer) =>
        answer is null ? null : JsonSerializer.Serialize(answer, RequestJson.Default.PendingAnswer);

    private static long Milliseconds(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds();

    // With setters, because Dapper reads numbers of SQLite as it finds them.
    private sealed class Row
    {
        public string Id { get; set; } = "";
        public string UserId { get; set; } = "";
        public long ReceivedAt { get; set; }
        public string Code { get; set; } = "";
        public string? ExecutionId { get; set; }
        public string? Answer { get; set; }

        public StoredRequest ToRequest() =>
            new()
            {
                Id = Id,
                UserId = UserId,
                ReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(ReceivedAt),
                Code = JsonSerializer.Deserialize(Code, RequestJson.Default.RequestedCode)!,
                ExecutionId = ExecutionId,
                Answer = Answer is null ? null : JsonSerializer.Deserialize(Answer, RequestJson.Default.PendingAnswer),
            };
    }
}
