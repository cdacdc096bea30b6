using System.Diagnostics.Metrics;
using CodeInterpreter.Contracts;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Access.Limits;
using CodeInterpreter.Gateway.Databases;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions;
using CodeInterpreter.Gateway.Executions.Following;
using CodeInterpreter.Gateway.Executions.InputFiles;
using CodeInterpreter.Gateway.Executions.Storage;
using CodeInterpreter.Gateway.Files;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.ServiceDefaults.Trust;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Tests.Executions;

/// <summary>What is left of requests that are not taken: nothing.</summary>
public sealed class RefusedExecutionTests : IDisposable
{
    private readonly GatewayFixture _fixture;
    private readonly TestDirectory _directory = new();
    private readonly SqliteGatewayDatabase _database;
    private readonly SqliteExecutionStore _store;
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly WaitingExecutions _waiting = new();
    private readonly PendingExecutions _pending = new(TimeProvider.System);
    private readonly AcceptancesUnderWay _acceptances = new();

    public RefusedExecutionTests(GatewayFixture fixture)
    {
        _fixture = fixture;
        _database = new(Options.Create(new GatewayOptions { DataDirectory = _directory.Path }), TimeProvider.System);
        _store = new(_database);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _services.Dispose();
        _database.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _directory.Dispose();
    }

    [Fact]
    public async Task Execute_TheBusTakesNothing_IsAnErrorAndNotRemembered()
    {
        var queue = new RefusingQueue(GatewayErrorKind.Overloaded);

        var refusal = await Should.ThrowAsync<GatewayException>(() =>
            Create(_store, queue).AcceptAsync(new ExecutionRequest { UserId = "u", Code = "1" }, ExecutionMode.Plain, Token)
        );

        refusal.Kind.ShouldBe(GatewayErrorKind.Overloaded);
        (await _store.FindAsync("u", queue.Refused.ShouldNotBeNull().ExecutionId, Token)).ShouldBeNull();
        _waiting.Count.ShouldBe(0);
        _pending.CountOf("u").ShouldBe(0);
        queue.Cancelled.ShouldBeNull("a full queue has not taken it");
    }

    [Fact]
    public async Task Execute_TheBusDoesNotConfirm_IsCancelledAsItMayArriveAllTheSame()
    {
        var queue = new RefusingQueue(GatewayErrorKind.Unavailable);

        await Should.ThrowAsync<GatewayException>(() =>
            Create(_store, queue).AcceptAsync(new ExecutionRequest { UserId = "u", Code = "1" }, ExecutionMode.Plain, Token)
        );

        queue.Cancelled.ShouldNotBeNull().ExecutionId.ShouldBe(queue.Refused.ShouldNotBeNull().ExecutionId);
        (await _store.FindAsync("u", queue.Refused.ExecutionId, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Execute_RepeatedAndTheDatabaseGoesAway_NobodyIsLeftWaiting()
    {
        var request = new ExecutionRequest
        {
            UserId = "u",
            Code = "1",
            IdempotencyKey = "key",
        };
        var known = new ExecutionRecord
        {
            ExecutionId = "e",
            UserId = "u",
            AcceptedAt = default,
            IdempotencyKey = "key",
            RequestHash = RequestFingerprint.Of(request, ExecutionMode.Plain),
        };

        await Should.ThrowAsync<GatewayException>(() =>
            Create(new AwayExecutionStore { Known = known }, new RefusingQueue(GatewayErrorKind.Overloaded))
                .AcceptAsync(request, ExecutionMode.Plain, Token)
        );

        _waiting.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData(nameof(GatewayErrorKind.Overloaded), "")]
    [InlineData(nameof(GatewayErrorKind.Unavailable), "")]
    [InlineData(nameof(GatewayErrorKind.InvalidRequest), "u_1_gone")]
    public async Task Execute_RefusedWithFiles_LeavesNoneBehind(string refusal, string userFile)
    {
        var kind = Enum.Parse<GatewayErrorKind>(refusal);
        var files = _fixture.Gateway.Services.GetRequiredService<FileStoreClient>();
        var user = GatewayFixture.NewUser();
        var request = new ExecutionRequest
        {
            UserId = user,
            Code = "1",
            Files = [new InlineFile("a.txt", "a"u8.ToArray()), new InlineFile("b.txt", "b"u8.ToArray())],
            UserFiles = userFile.Length == 0 ? [] : [.. RequestedFile.Of([userFile])],
        };

        var exception = await Should.ThrowAsync<GatewayException>(() =>
            Create(_store, new RefusingQueue(kind), files).AcceptAsync(request, ExecutionMode.Plain, Token)
        );

        exception.Kind.ShouldBe(kind);
        (await files.ListAsync(new ListFilesRequest { UserId = user }, Token)).Files.ShouldBeEmpty();
    }

    private Acceptance Create(IExecutionStore store, IExecutionQueue queue, FileStoreClient? files = null)
    {
        var options = Options.Create(new ExecutionOptions());
        var finished = new FinishedExecutions(_waiting, store);
        return new Acceptance(
            new ExecutionRequestValidator(options),
            new InlineFileStorage(files!, NullLogger<InlineFileStorage>.Instance),
            new InputFileResolver(files!, options),
            new Grants(new TrustTokens(Options.Create(new TrustOptions()), TimeProvider.System), options),
            store,
            new ResultBudget(store, options),
            queue,
            new LostExecutions(finished, store, TimeProvider.System, NullLogger<LostExecutions>.Instance),
            _waiting,
            _pending,
            new QueueTimeouts(store, queue, finished, _pending, options, TimeProvider.System, NullLogger<QueueTimeouts>.Instance),
            _acceptances,
            new LiveFeeds(),
            new ExecutionInstruments(_services.GetRequiredService<IMeterFactory>(), _waiting),
            new ExecutionIds(TimeProvider.System),
            options,
            Options.Create(new LimitOptions()),
            TimeProvider.System,
            NullLogger<Acceptance>.Instance
        );
    }

    private sealed class RefusingQueue(GatewayErrorKind refusal) : IExecutionQueue
    {
        public ExecuteCode? Refused { get; private set; }

        public CancelExecution? Cancelled { get; private set; }

        public Task EnqueueAsync(ExecuteCode command, CancellationToken cancellationToken)
        {
            Refused = command;
            throw new GatewayException(refusal, "refused");
        }

        public Task CancelAsync(CancelExecution command, CancellationToken cancellationToken)
        {
            Cancelled = command;
            return Task.CompletedTask;
        }

        public Task FeedAsync(Uri address, ExecutionInput input, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
