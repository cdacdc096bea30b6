namespace CodeInterpreter.Contracts;

/// <summary>The languages that code can be in. This is the only list of them.</summary>
public static class Languages
{
    /// <summary>Python, which is the default.</summary>
    public const string Python = "python";

    /// <summary>Bash.</summary>
    public const string Bash = "bash";

    /// <summary>JavaScript, run by Node.js.</summary>
    public const string JavaScript = "javascript";

    /// <summary>TypeScript, whose types are removed and not checked, run by Node.js.</summary>
    public const string TypeScript = "typescript";

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<string> All { get; } = [Python, Bash, JavaScript, TypeScript];

    /// <summary>Whether there is such a language.</summary>
    public static bool IsKnown(string language) => All.Contains(language, StringComparer.Ordinal);

    /// <summary>Whether it runs in Node.js, which needs some threads to start.</summary>
    public static bool IsNode(string language) => language is JavaScript or TypeScript;
}
