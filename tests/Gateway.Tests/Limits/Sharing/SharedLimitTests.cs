using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.Gateway.Limits;
using CodeInterpreter.Gateway.Limits.Sharing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Gateway.Tests.Limits.Sharing;

/// <summary>Replicas that share the limits of their callers through a store.</summary>
public sealed class SharedLimitTests
{
    private const int PerMinute = 60;

    private readonly FakeTimeProvider _time = new();
    private readonly UsageInMemory _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CallsAtOneReplica_CountAtTheOthers_AfterAnExchange()
    {
        var (a, b) = (new Replica(_store, _time), new Replica(_store, _time));
        await ExchangeAsync(a, b);
        while (a.Limiter.TakeForUser("u") is { RetryAfter: null })
            ;
        b.Limiter.TakeForUser("u").ShouldNotBeNull().Left.ShouldBe(PerMinute - 1);

        await ExchangeAsync(a, b);

        b.Limiter.TakeForUser("u").ShouldNotBeNull().RetryAfter.ShouldNotBeNull();
        b.Limiter.TakeForUser("v").ShouldNotBeNull().RetryAfter.ShouldBeNull();
    }

    [Fact]
    public async Task AUserWhoCallsAllReplicasAsOftenAsPossible_GetsTheLimitOnce()
    {
        var replicas = Enumerable.Range(0, 3).Select(_ => new Replica(_store, _time)).ToArray();
        await ExchangeAsync(replicas);
        var accepted = 0;
        for (var second = 0; second < 600; second++)
        {
            foreach (var replica in replicas)
            {
                while (replica.Limiter.TakeForUser("u") is { RetryAfter: null })
                    accepted++;
            }

            _time.Advance(UsageExchange.Interval);
            await ExchangeAsync(replicas);
        }

        // The limit of ten minutes, the burst of a minute, and what the others did not know yet in the first second.
        accepted.ShouldBeInRange(10 * PerMinute, (10 + 3) * PerMinute);
    }

    [Fact]
    public async Task AReplicaThatIsSeenForTheFirstTime_DoesNotBringItsPast()
    {
        var old = new Replica(_store, _time);
        old.Limiter.TakeForUser("u");
        await ExchangeAsync(old);

        var started = new Replica(_store, _time);
        await ExchangeAsync(started);

        started.Limiter.TakeForUser("u").ShouldNotBeNull().Left.ShouldBe(PerMinute - 1);
    }

    [Fact]
    public async Task ExecutionsAtOtherReplicas_AreKnown_UntilTheirReplicaIsGone()
    {
        var (a, b) = (new Replica(_store, _time), new Replica(_store, _time));
        a.Active.TryAdd("e", _time.GetUtcNow().AddHours(1), ActiveExecutions.Limit.OfUser("u", 0));
        await ExchangeAsync(a, b);
        _time.Advance(UsageExchange.IdleInterval);
        await ExchangeAsync(b);
        (b.Others.ReplicaCount, b.Others.ExecutionsOf(UsageOwner.User("u"))).ShouldBe((2, 1));

        // Its reports stop.
        _time.Advance(OtherReplicas.Lifetime);
        await ExchangeAsync(b);

        (b.Others.ReplicaCount, b.Others.ExecutionsOf(UsageOwner.User("u"))).ShouldBe((1, 0));
    }

    [Fact]
    public async Task AnIdleReplica_AsksTheStoreRarely_AndStaysKnown()
    {
        var (a, b) = (new Replica(_store, _time), new Replica(_store, _time));
        for (var second = 0; second < 60; second++)
        {
            await ExchangeAsync(a, b);
            _time.Advance(UsageExchange.Interval);
        }

        _store.Exchanges.ShouldBeLessThanOrEqualTo(2 * 13);
        a.Others.ReplicaCount.ShouldBe(2);
    }

    private static async Task ExchangeAsync(params Replica[] replicas)
    {
        // Twice, so that the first sees the last.
        foreach (var replica in replicas.Concat(replicas))
            await replica.Exchange.ExchangeAsync(Token);
    }

    private sealed class Replica
    {
        public Replica(IUsageStore store, TimeProvider time)
        {
            var options = Options.Create(new LimitOptions { CallsPerMinutePerUser = PerMinute });
            Limiter = new CallLimiter(options, time);
            Active = new ActiveExecutions(time);
            Others = new OtherReplicas(time);
            Exchange = new UsageExchange(store, Limiter, Active, Others, options, time, NullLogger<UsageExchange>.Instance);
        }

        public CallLimiter Limiter { get; }

        public ActiveExecutions Active { get; }

        public OtherReplicas Others { get; }

        public UsageExchange Exchange { get; }
    }

    private sealed class UsageInMemory : IUsageStore
    {
        private readonly Dictionary<string, ReplicaUsage> _reports = [];

        public int Exchanges { get; private set; }

        public Task<IReadOnlyList<ReplicaUsage>> ExchangeAsync(ReplicaUsage own, DateTimeOffset now, CancellationToken cancellationToken)
        {
            Exchanges++;
            _reports[own.ReplicaId] = own;
            return Task.FromResult<IReadOnlyList<ReplicaUsage>>([.. _reports.Values.Where(report => report != own)]);
        }

        public Task DeleteBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task DeleteAsync(string replicaId, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
