using System.Diagnostics.Metrics;
using CodeInterpreter.Contracts;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Audit;
using CodeInterpreter.Gateway.Databases;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Intake;
using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Requests;
using CodeInterpreter.Gateway.Executions.Storage;
using CodeInterpreter.Gateway.Executions.Watching;
using CodeInterpreter.Gateway.Files;
using CodeInterpreter.Gateway.Limits;
using CodeInterpreter.Gateway.Limits.Sharing;
using CodeInterpreter.Gateway.Settings;
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
    private readonly Subscriptions _waiting = new();
    private readonly ActiveExecutions _pending = new(TimeProvider.System);

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
    public async Task Execute_BusRefuses_IsAnErrorAndNotStored()
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
    public async Task Execute_BusDoesNotConfirm_IsCancelledBecauseItMayArrive()
    {
        var queue = new RefusingQueue(GatewayErrorKind.Unavailable);

        await Should.ThrowAsync<GatewayException>(() =>
            Create(_store, queue).AcceptAsync(new ExecutionRequest { UserId = "u", Code = "1" }, ExecutionMode.Plain, Token)
        );

        queue.Cancelled.ShouldNotBeNull().ExecutionId.ShouldBe(queue.Refused.ShouldNotBeNull().ExecutionId);
        (await _store.FindAsync("u", queue.Refused.ExecutionId, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Execute_RepeatedAndTheDatabaseFails_AllCallersAreAnswered()
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
    public async Task Execute_RefusedWithInlineFiles_DeletesThem(string refusal, string userFile)
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

    private static AuditLog Audit => new(NullLoggerFactory.Instance, TimeProvider.System);

    private ExecutionIntake Create(IExecutionStore store, IExecutionQueue queue, FileStoreClient? files = null)
    {
        var options = Options.Create(new ExecutionOptions());
        var parts = new LifecycleParts(store, TimeProvider.System, _waiting, _pending);
        var intakes = new OngoingIntakes();
        var instruments = new ExecutionInstruments(_services.GetRequiredService<IMeterFactory>(), _waiting);
        var timeouts = new QueueTimeouts(
            store,
            queue,
            parts.Reader,
            parts.Finisher,
            _pending,
            options,
            TimeProvider.System,
            NullLogger<QueueTimeouts>.Instance
        );
        return new ExecutionIntake(
            new ExecutionRequestValidator(options),
            new ExecutionFactory(new ExecutionIds(TimeProvider.System), options, TimeProvider.System),
            store,
            intakes,
            new RepeatedRequests(intakes, parts.Reader, _waiting, NullLogger<RepeatedRequests>.Instance),
            new IntakeLimits(
                _pending,
                new OtherReplicas(TimeProvider.System),
                store,
                new ResultBudget(store, options),
                Audit,
                Options.Create(new LimitOptions())
            ),
            new InputFiles(new InputFileResolver(files!, options), new InlineFileStorage(files!, NullLogger<InlineFileStorage>.Instance)),
            new CommandPublisher(
                queue,
                new CommandSigner(new TrustTokens(Options.Create(new TrustOptions()), TimeProvider.System), options),
                timeouts,
                store,
                instruments,
                Audit,
                NullLogger<CommandPublisher>.Instance
            ),
            _waiting,
            instruments
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

        public Task SendInputAsync(Uri address, ExecutionInput input, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
