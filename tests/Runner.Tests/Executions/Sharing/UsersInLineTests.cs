using CodeInterpreter.Runner.Executions.Sharing;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Runner.Tests.Executions.Sharing;

public sealed class UsersInLineTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly UsersInLine _inLine;

    public UsersInLineTests() => _inLine = new UsersInLine(_time);

    [Fact]
    public void WhoIsTold_IsInLine_UntilTheNextSaysOtherwise()
    {
        _inLine.Tell(["a", "b"]);
        (_inLine.Contains("a"), _inLine.Contains("c")).ShouldBe((true, false));

        _inLine.Tell(["b"]);

        _inLine.All.ShouldBe(["b"]);
        _inLine.Contains("a").ShouldBeFalse();
    }

    [Fact]
    public void WhatIsNotRepeated_IsForgotten()
    {
        _inLine.Tell(["a"]);

        _time.Advance(UsersInLine.KnownFor);

        _inLine.Contains("a").ShouldBeFalse();
        _inLine.All.ShouldBeEmpty();
    }

    [Fact]
    public void WhoseExecutionIsDeferredHere_IsInLineBeforeAGatewaySaysSo()
    {
        _inLine.Expect("a");
        _inLine.Tell(["b"]);

        _inLine.Contains("a").ShouldBeTrue("what the gateway said may be older");
        _inLine.All.ShouldBe(["b", "a"], ignoreOrder: true);

        _time.Advance(UsersInLine.ExpectedFor);
        _inLine.All.ShouldBe(["b"]);
    }
}
