using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Executions;
using CodeInterpreter.Runner.Sandboxes;
using CodeInterpreter.Runner.Sandboxes.Protocol;

namespace CodeInterpreter.Runner.Tests.Executions;

public sealed class ExecutionEndTests
{
    private static readonly SandboxLimits Limits = new ExecutionLimitOptions().ForSandbox(TestCommand.Create(wallTimeSeconds: 2.5));

    [Theory]
    [InlineData(0, null, null, Outcome.Succeeded, null, 0, null)]
    [InlineData(3, null, null, Outcome.NonZeroExit, null, 3, null)]
    [InlineData(null, 11, null, Outcome.Signalled, null, 139, "SIGSEGV")]
    [InlineData(null, 9, "wall_time", Outcome.TimedOut, KilledBy.WallTime, 137, "SIGKILL")]
    [InlineData(null, 9, "memory", Outcome.OutOfMemory, KilledBy.Memory, 137, "SIGKILL")]
    [InlineData(null, 9, "output", Outcome.OutputLimitExceeded, KilledBy.Output, 137, "SIGKILL")]
    [InlineData(null, 9, "cancellation", Outcome.Cancelled, KilledBy.Cancellation, 137, "SIGKILL")]
    [InlineData(null, 9, null, Outcome.Signalled, null, 137, "SIGKILL")]
    [InlineData(null, 64, null, Outcome.Signalled, null, 192, "SIG64")]
    public void From_EveryEnd_HasItsOutcome(
        int? exitCode,
        int? signal,
        string? killedBy,
        Outcome outcome,
        KilledBy? by,
        int returnCode,
        string? name
    )
    {
        var end = ExecutionEnd.From(Exit(exitCode, signal, killedBy), Limits);

        (end.Outcome, end.KilledBy, end.ReturnCode, end.Signal).ShouldBe((outcome, by, returnCode, name));
        string.IsNullOrEmpty(end.Message).ShouldBe(outcome == Outcome.Succeeded);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(0, 9, null)]
    [InlineData(256, null, null)]
    [InlineData(-1, null, null)]
    [InlineData(null, 0, null)]
    [InlineData(null, 65, null)]
    [InlineData(0, null, "magic")]
    [InlineData(null, 9, "magic")]
    [InlineData(0, null, "wall_time")]
    [InlineData(1, null, "memory")]
    [InlineData(null, 11, "output")]
    public void From_ImpossibleReport_IsASandboxFailure(int? exitCode, int? signal, string? killedBy) =>
        Should.Throw<SandboxFailedException>(() => ExecutionEnd.From(Exit(exitCode, signal, killedBy), Limits));

    [Fact]
    public void From_TimedOut_NamesTheLimit() => ExecutionEnd.From(Exit(null, 9, "wall_time"), Limits).Message.ShouldContain("2.5 s");

    [Theory]
    [InlineData(0, null, null, 1, "The kernel ended one of its processes because the limit of memory was reached.")]
    [InlineData(3, null, null, 2, "Ended with exit code 3. The kernel ended 2 of its processes because the limit of memory was reached.")]
    [InlineData(null, 9, "memory", 1, "Stopped because it needed more memory than its limit.")]
    public void From_ProcessesKilledForMemory_AreInTheMessage(
        int? exitCode,
        int? signal,
        string? killedBy,
        long oomKills,
        string message
    ) => ExecutionEnd.From(Exit(exitCode, signal, killedBy) with { OomKills = oomKills }, Limits).Message.ShouldBe(message);

    private static ExitReport Exit(int? exitCode, int? signal, string? killedBy) => new(exitCode, signal, killedBy, 1, 1, 1, 1, 0, 0);
}
