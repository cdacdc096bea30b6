namespace CodeInterpreter.ServiceDefaults.Errors;

/// <summary>Why something failed, for an operator who has to repair a server or a disk and does not need a stack trace.</summary>
public static class FailureReason
{
    private const int Longest = 160;

    /// <summary>The message of the innermost exception, in one short line; database drivers write pages.</summary>
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
