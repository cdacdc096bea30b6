using System.Globalization;
using CodeInterpreter.Client;

namespace CodeInterpreter.Discord.Bot.Rendering;

/// <summary>How an execution ended, in a line, with what its user can do.</summary>
internal static class OutcomeText
{
    /// <summary>What the code reads its input from.</summary>
    private const string InputHint =
        "\n💡 `input()` found no more input. Give all of it in `stdin` of `/run`; in a modal or a message, put the values into the code.";

    public static string Of(ExecutionResult result) =>
        $"{Symbol(result.Outcome)} {Sentence(result)}{Remedy(result)}{Time(result)}{(LacksInput(result) ? InputHint : "")}";

    private static string Symbol(Outcome outcome) =>
        outcome switch
        {
            Outcome.Succeeded => "✅",
            Outcome.NonZeroExit or Outcome.Signalled => "❌",
            Outcome.TimedOut => "⏱️",
            Outcome.Cancelled => "🛑",
            _ => "⚠️",
        };

    // The service says it best: it knows the limit. A success has nothing to explain, but may name files that it does not keep.
    private static string Sentence(ExecutionResult result)
    {
        var message = SafeText.Plain(result.Message);
        if (result.Success)
            return message.Length == 0 ? "Done." : $"Done. {message}";
        return message.Length > 0 ? message : Fallback(result);
    }

    private static string Fallback(ExecutionResult result) =>
        result.Outcome switch
        {
            Outcome.NonZeroExit => Invariant($"Ended with exit code {result.ReturnCode}."),
            Outcome.Signalled => $"Ended by the signal {SafeText.Plain(result.Signal ?? "")}.",
            Outcome.TimedOut => "Stopped at the limit of time.",
            Outcome.OutOfMemory => "Stopped at the limit of memory.",
            Outcome.OutputLimitExceeded => "Stopped because it printed too much.",
            Outcome.Cancelled => "Stopped because it was cancelled.",
            Outcome.SandboxFailed => "The sandbox failed.",
            Outcome.RunnerLost => "The machine that ran it was lost.",
            Outcome.InputLost => "An input file was lost.",
            _ => "It failed.",
        };

    private static string Remedy(ExecutionResult result) =>
        result.Outcome switch
        {
            Outcome.TimedOut when result.ReturnCode is null => " Try again in a minute.",
            Outcome.SandboxFailed or Outcome.RunnerLost => " Run it again.",
            Outcome.InputLost => " Send the file again.",
            _ => "",
        };

    // Code that never started took no time.
    private static string Time(ExecutionResult result) =>
        result.ExecutionTime <= TimeSpan.Zero ? ""
        : result.ExecutionTime < TimeSpan.FromSeconds(1) ? Invariant($" ({result.ExecutionTime.TotalMilliseconds:0} ms)")
        : Invariant($" ({result.ExecutionTime.TotalSeconds:0.0} s)");

    private static bool LacksInput(ExecutionResult result) => result.Exception?.Type == "EOFError";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
