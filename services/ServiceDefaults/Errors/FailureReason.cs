namespace CodeInterpreter.ServiceDefaults.Errors;

/// <summary>Why something failed, for an operator who has to mend a server or a disk: where it was in the program is of no help there.</summary>
public static class FailureReason
{
    private const int Longest = 160;

    /// <summary>What the innermost cause says, in one short line; drivers of databases write pages.</summary>
    public static string Of(Exception? exception)
    {
        while (exception?.InnerException is { } inner)
            exception = inner;
        if (exception is null)
            return "";

        var line = $"{exception.GetType().Name}: {exception.Message}".ReplaceLineEndings(" ");
        return line.Length <= Longest ? line : line[..Longest] + "...";
    }
}
