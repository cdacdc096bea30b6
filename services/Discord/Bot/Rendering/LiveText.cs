namespace CodeInterpreter.Discord.Bot.Rendering;

/// <summary>An execution that has not finished, as a message.</summary>
internal static class LiveText
{
    /// <summary>It waits for a runner.</summary>
    /// <param name="ahead">Number of the user's executions before it.</param>
    public static string Waiting(int ahead) =>
        ahead > 0 ? $"⏳ Waiting. Your executions before it: {ahead}." : "⏳ Waiting for a free runner.";

    /// <summary>It runs.</summary>
    /// <param name="output">The end of what it has printed.</param>
    /// <param name="isAgain">Whether it started again, because its runner was lost.</param>
    public static string Running(string output, bool isAgain) =>
        $"⏳ Running{(isAgain ? " again, because its runner was lost" : "")} …\n{OutputBlock.Ending(output).Text}".TrimEnd();
}
