using CodeInterpreter.Gateway.Access;
using CodeInterpreter.Gateway.Limits;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Gateway.Tests.Limits;

public sealed class CallLimiterTests
{
    [Fact]
    public void Take_BeyondTheLimit_HasTheTimeToRetryForEachUser()
    {
        var limiter = Limiter(perKey: 2, perUser: 1);

        (limiter.TakeForKey("a")?.Left, limiter.TakeForKey("a")?.Left).ShouldBe((1, 0));
        var refused = limiter.TakeForKey("a").ShouldNotBeNull();

        refused.RetryAfter.ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromTicks(1), TimeSpan.FromSeconds(30));
        (refused.Policy, refused.PerMinute, refused.Left).ShouldBe(("key", 2, 0));
        limiter.TakeForKey("b")?.RetryAfter.ShouldBeNull();
        limiter.TakeForUser("a")?.RetryAfter.ShouldBeNull();
        limiter.TakeForUser("a")?.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task Take_AfterAWhile_IsAllowedAgain()
    {
        var limiter = Limiter(perKey: 0, perUser: 6000);
        while (limiter.TakeForUser("u")?.RetryAfter is null)
            ;

        while (limiter.TakeForUser("u")?.RetryAfter is not null)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Theory]
    [InlineData(0, 61)]
    [InlineData(1, 61)]
    [InlineData(3, 181)]
    public void Take_AfterManyCallsAtOtherReplicas_WaitsForWhatEachOfThemMayHaveAccepted(int otherReplicas, int seconds)
    {
        var options = Options.Create(new LimitOptions { CallsPerMinutePerKey = 0, CallsPerMinutePerUser = 60 });
        var limiter = new CallLimiter(options, new FakeTimeProvider());

        limiter.Spend(UsageOwner.User("u"), 1000, otherReplicas);

        limiter.TakeForUser("u")?.RetryAfter.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public void Take_WithoutALimit_IsNotCounted()
    {
        var limiter = Limiter(perKey: 0, perUser: 0);

        (limiter.TakeForKey("a"), limiter.TakeForUser("a")).ShouldBe((null, null));
    }

    [Fact]
    public void Take_AnyNumberOfUsers_ShareALimitedNumberOfBuckets()
    {
        var buckets = Enumerable.Range(0, 200_000).Select(user => CallBuckets.IndexOf($"{user}")).ToHashSet();

        buckets.ShouldAllBe(bucket => bucket >= 0 && bucket < CallBuckets.Count);
        buckets.Count.ShouldBeGreaterThan(CallBuckets.Count / 2);
    }

    [Theory]
    [InlineData(AccessMode.Loopback, 0, 0, 0, 0)]
    [InlineData(AccessMode.None, 0, 0, 0, 0)]
    [InlineData(AccessMode.Required, 6000, 1200, 1024, 32)]
    public void DefaultLimits_DependOnWhetherCallersAreTrusted(
        AccessMode mode,
        int perKey,
        int perUser,
        int executionsPerKey,
        int executionsPerUser
    )
    {
        var unset = new LimitOptions();
        var set = new LimitOptions
        {
            CallsPerMinutePerKey = 1,
            CallsPerMinutePerUser = 0,
            ExecutionsPerKey = 2,
            ExecutionsPerUser = 3,
        };

        unset.Complete(isPublic: mode == AccessMode.Required);
        set.Complete(isPublic: mode == AccessMode.Required);

        (unset.CallsPerMinutePerKey, unset.CallsPerMinutePerUser).ShouldBe((perKey, perUser));
        (unset.ExecutionsPerKey, unset.ExecutionsPerUser).ShouldBe((executionsPerKey, executionsPerUser));
        (set.CallsPerMinutePerKey, set.CallsPerMinutePerUser).ShouldBe((1, 0));
        (set.ExecutionsPerKey, set.ExecutionsPerUser).ShouldBe((2, 3));
    }

    private static CallLimiter Limiter(int perKey, int perUser) =>
        new(Options.Create(new LimitOptions { CallsPerMinutePerKey = perKey, CallsPerMinutePerUser = perUser }), TimeProvider.System);
}
