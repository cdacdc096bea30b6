namespace CodeInterpreter.TestDiscord.Model;

/// <summary>What the API answers instead of doing what was asked.</summary>
internal sealed class ApiException(int status, int code, string message, IReadOnlyList<string>? problems = null) : Exception(message)
{
    public int Status => status;

    /// <summary>Discord's own number of the error.</summary>
    public int Code => code;

    /// <summary>The rules that the request breaks.</summary>
    public IReadOnlyList<string> Problems { get; } = problems ?? [];

    public static ApiException UnknownMessage() => new(404, 10008, "Unknown Message");

    public static ApiException UnknownWebhook() => new(404, 10015, "Unknown Webhook");

    public static ApiException UnknownInteraction() => new(404, 10062, "Unknown interaction");

    public static ApiException AlreadyAnswered() => new(400, 40060, "Interaction has already been acknowledged.");

    public static ApiException InvalidWebhookToken() => new(401, 50027, "Invalid Webhook Token");

    public static ApiException EmptyMessage() => new(400, 50006, "Cannot send an empty message");

    public static ApiException TooManyFollowUps() => new(400, 40094, "Maximum number of follow-up messages for this interaction reached");

    public static ApiException TooLarge() => new(413, 40005, "Request entity too large");

    public static ApiException Unauthorized() => new(401, 0, "401: Unauthorized");

    public static ApiException NotFound() => new(404, 0, "404: Not Found");

    public static ApiException InvalidJson() => new(400, 50109, "The request body contains invalid JSON.");

    /// <summary>The request that has no user agent of a bot is not even let through to the API.</summary>
    public static ApiException Blocked() => new(403, 40333, "internal network error");

    public static void ThrowIfAny(IEnumerable<string> problems)
    {
        if (problems.ToList() is { Count: > 0 } list)
            throw new ApiException(400, 50035, "Invalid Form Body", list);
    }
}
