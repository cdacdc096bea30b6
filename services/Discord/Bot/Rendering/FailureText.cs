using CodeInterpreter.Client;

namespace CodeInterpreter.Discord.Bot.Rendering;

/// <summary>What users read where their request could not be served, with what they can do.</summary>
internal static class FailureText
{
    /// <summary>Their code still runs, or its answer is not given yet.</summary>
    public const string Busy = "⏳ Your code is already running. Wait for its answer: one execution runs at a time.";

    /// <summary>The bot's own database is away.</summary>
    public const string StoreUnavailable = "⚠️ The bot cannot take requests at the moment. Try again in a minute.";

    /// <summary>Discord takes no answer after 15 minutes.</summary>
    public const string TooLate =
        "⏱️ Stopped: Discord takes an answer for 15 minutes only. Files that the code had written are kept: `/files` lists them.";

    /// <summary>Discord refused the messages of the answer.</summary>
    public const string NotSent = "⚠️ The answer could not be sent, because Discord refused it. Your files are kept: `/files` lists them.";

    /// <summary>Discord refused the files of a message, or one could not be read.</summary>
    public const string NotAttached = "⚠️ The files of this message could not be attached. `/files` lists your files.";

    public static string Of(CodeInterpreterException exception) =>
        "⚠️ "
        + exception.Reason switch
        {
            ErrorReasons.InvalidArgument when exception.Violations.Count > 0 => string.Join(
                '\n',
                exception
                    .Violations.Take(3)
                    .Select(violation => $"{SafeText.Code(violation.Field)} {SafeText.Plain(violation.Description)}")
            ),
            ErrorReasons.NotFound => "There is no such file or execution of yours. `/files` lists your files.",
            ErrorReasons.Expired => "The file has expired: files are kept for 48 hours.",
            ErrorReasons.ContentLost => "The content of the file is lost. Send it again.",
            ErrorReasons.QuotaExceeded => "You have stored as much as you may. `/delete` makes space.",
            ErrorReasons.ResourceExhausted when exception.RetryDelay is { } delay =>
                $"There are too many requests at the moment. Try again in {Math.Max(1, Math.Ceiling(delay.TotalSeconds)):0} s.",
            ErrorReasons.ResourceExhausted => $"The request is too large. {SafeText.Plain(exception.Message)}",
            ErrorReasons.Unavailable or ErrorReasons.DeadlineExceeded or ErrorReasons.ExecutionUnfinished =>
                "The service that runs code cannot be reached at the moment. Try again in a minute.",
            ErrorReasons.StorageFull => "The service has no space for files at the moment. Try again later.",
            ErrorReasons.InvalidArgument => SafeText.Plain(exception.Message),
            _ => "The service that runs code refused the request. The operator of this bot finds the cause in its log.",
        };
}
