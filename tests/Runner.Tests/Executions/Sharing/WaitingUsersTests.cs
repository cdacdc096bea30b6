using CodeInterpreter.Runner.Executions.Sharing;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Runner.Tests.Executions.Sharing;

public sealed class WaitingUsersTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly WaitingUsers _waitingUsers;

    public WaitingUsersTests() => _waitingUsers = new WaitingUsers(_time);

    [Fact]
    public void WaitingUsers_Reported_ReplaceTheEarlierReport()
    {
        _waitingUsers.Update(["a", "b"]);
        (_waitingUsers.Contains("a"), _waitingUsers.Contains("c")).ShouldBe((true, false));

        _waitingUsers.Update(["b"]);

        _waitingUsers.All.ShouldBe(["b"]);
        _waitingUsers.Contains("a").ShouldBeFalse();
    }

    [Fact]
    public void WaitingUsers_NotReportedAgain_AreForgotten()
    {
        _waitingUsers.Update(["a"]);

        _time.Advance(WaitingUsers.KnownFor);

        _waitingUsers.Contains("a").ShouldBeFalse();
        _waitingUsers.All.ShouldBeEmpty();
    }

    [Fact]
    public void WaitingUsers_DeferredHere_CountBeforeAGatewayReportsThem()
    {
        _waitingUsers.Expect("a");
        _waitingUsers.Update(["b"]);

        _waitingUsers.Contains("a").ShouldBeTrue("what the gateway said may be older");
        _waitingUsers.All.ShouldBe(["b", "a"], ignoreOrder: true);

        _time.Advance(WaitingUsers.ExpectedFor);
        _waitingUsers.All.ShouldBe(["b"]);
    }
}
