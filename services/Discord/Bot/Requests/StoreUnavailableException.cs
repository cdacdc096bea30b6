namespace CodeInterpreter.Discord.Bot.Requests;

/// <summary>The database of the requests cannot be used at the moment.</summary>
internal sealed class StoreUnavailableException(string message, Exception cause) : Exception(message, cause)
{
    public static StoreUnavailableException Of(Exception cause, bool isFull) =>
        new(isFull ? "The database has no space left." : "The database cannot be used.", cause);
}
