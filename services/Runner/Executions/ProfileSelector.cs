using System.Text.RegularExpressions;
using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Sandboxes;

namespace CodeInterpreter.Runner.Executions;

/// <summary>
/// Guesses from the text what code will import. A wrong guess costs time, never correctness: every profile can import
/// everything.
/// </summary>
internal static partial class ProfileSelector
{
    public static SandboxProfile Select(ExecuteCode command) =>
        command.Profile switch
        {
            // Only Python uses what is preloaded.
            _ when command.Language is not (null or Languages.Python) => SandboxProfile.Bare,
            "bare" => SandboxProfile.Bare,
            "data" => SandboxProfile.Data,
            _ => Select(command.Code),
        };

    public static SandboxProfile Select(string code) => DataImport().IsMatch(code) ? SandboxProfile.Data : SandboxProfile.Bare;

    [GeneratedRegex(
        @"^[ \t]*(?:import|from)[ \t]+(?:[\w., \t]*[ \t,])?(?:numpy|pandas|matplotlib|seaborn|scipy|sklearn)\b|\bload_file[ \t]*\(",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex DataImport();
}
