using CodeInterpreter.Client;
using CodeInterpreter.Discord.Bot.Rendering;

namespace CodeInterpreter.Discord.Tests.Bot.Rendering;

public sealed class OutcomeTextTests
{
    public static TheoryData<Outcome> Outcomes => [.. Enum.GetValues<Outcome>()];

    [Fact]
    public void Success_SaysHowLongItTook() =>
        OutcomeText
            .Of(new ExecutionResult { Outcome = Outcome.Succeeded, ExecutionTime = TimeSpan.FromMilliseconds(12) })
            .ShouldBe("✅ Done. (12 ms)");

    [Fact]
    public void Success_WithFilesThatAreNotKept_NamesThem() =>
        OutcomeText
            .Of(new ExecutionResult { Outcome = Outcome.Succeeded, Message = "Files outside of /mnt/data are not kept: /tmp/a_b.txt." })
            .ShouldBe("✅ Done. Files outside of /mnt/data are not kept: /tmp/a\\_b.txt.");

    [Theory]
    [InlineData(Outcome.NonZeroExit, "Ended with exit code 3.", "❌ Ended with exit code 3. (1.5 s)")]
    [InlineData(Outcome.Signalled, "Ended by the signal SIGSEGV.", "❌ Ended by the signal SIGSEGV. (1.5 s)")]
    [InlineData(Outcome.TimedOut, "Stopped after 30 s, the wall-time limit.", "⏱️ Stopped after 30 s, the wall-time limit. (1.5 s)")]
    [InlineData(
        Outcome.OutOfMemory,
        "Stopped because it needed more memory than its limit.",
        "⚠️ Stopped because it needed more memory than its limit. (1.5 s)"
    )]
    [InlineData(
        Outcome.OutputLimitExceeded,
        "Stopped because it printed more than 9 bytes.",
        "⚠️ Stopped because it printed more than 9 bytes. (1.5 s)"
    )]
    [InlineData(Outcome.Cancelled, "Stopped because it was cancelled.", "🛑 Stopped because it was cancelled. (1.5 s)")]
    [InlineData(Outcome.SandboxFailed, "The sandbox did not start.", "⚠️ The sandbox did not start. Run it again. (1.5 s)")]
    [InlineData(Outcome.RunnerLost, "Its runner was lost.", "⚠️ Its runner was lost. Run it again. (1.5 s)")]
    [InlineData(Outcome.InputLost, "The content is lost.", "⚠️ The content is lost. Send the file again. (1.5 s)")]
    public void EachOutcome_SaysWhyItStopped_AndWhatToDo(Outcome outcome, string message, string expected) =>
        OutcomeText
            .Of(
                new ExecutionResult
                {
                    Outcome = outcome,
                    Message = message,
                    ReturnCode = 3,
                    ExecutionTime = TimeSpan.FromSeconds(1.5),
                }
            )
            .ShouldBe(expected);

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void EachOutcome_WithoutAMessage_StillSaysSomething(Outcome outcome) =>
        OutcomeText
            .Of(
                new ExecutionResult
                {
                    Outcome = outcome,
                    ReturnCode = 1,
                    Signal = "SIGKILL",
                }
            )
            .Length.ShouldBeGreaterThan(6);

    [Fact]
    public void NeverStarted_SaysToTryAgain() =>
        OutcomeText
            .Of(new ExecutionResult { Outcome = Outcome.TimedOut, Message = "The execution was not started." })
            .ShouldBe("⏱️ The execution was not started. Try again in a minute.");

    [Fact]
    public void InputWithoutInput_GetsAHint() =>
        OutcomeText
            .Of(
                new ExecutionResult
                {
                    Outcome = Outcome.NonZeroExit,
                    Message = "Ended with exit code 1.",
                    ReturnCode = 1,
                    Exception = new PythonError("EOFError", "EOF when reading a line", [], Truncated: false),
                }
            )
            .ShouldContain("`stdin` of `/run`");
}
