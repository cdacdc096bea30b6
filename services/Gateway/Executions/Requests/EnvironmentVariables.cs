using System.Text.RegularExpressions;

namespace CodeInterpreter.Gateway.Executions.Requests;

/// <summary>The environment variables that a caller may set.</summary>
internal static partial class EnvironmentVariables
{
    private const int MaxNameLength = 64;

    // They control the interpreter, the dynamic loader or the sandbox itself.
    private static readonly string[] ReservedPrefixes = ["PYTHON", "LD_", "GLIBC_", "MALLOC_"];

    private static readonly HashSet<string> Reserved =
    [
        "PATH",
        "HOME",
        "USER",
        "LOGNAME",
        "LANG",
        "PWD",
        "MPLBACKEND",
        "MPLCONFIGDIR",
        "OPENBLAS_NUM_THREADS",
        "OMP_NUM_THREADS",
        "NUMEXPR_MAX_THREADS",
        "GCONV_PATH",
        "LOCPATH",
    ];

    /// <summary>Says what is wrong with a variable; null if it is valid.</summary>
    public static string? Check(string name, string? value)
    {
        if (name.Length > MaxNameLength || !NamePattern.IsMatch(name))
        {
            return $"must have a name of letters, digits and _, at most {MaxNameLength}, that does not begin with a digit.";
        }

        if (Reserved.Contains(name) || ReservedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            return "is reserved for the sandbox.";
        }

        return value is null || value.Contains('\0') ? "must be a string without NUL characters." : null;
    }

    /// <summary>The name as errors may show it.</summary>
    public static string Printable(string name) => NamePattern.IsMatch(name) && name.Length <= MaxNameLength ? name : "(name)";

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex NamePattern { get; }
}
