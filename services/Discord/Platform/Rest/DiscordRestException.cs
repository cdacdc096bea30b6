using System.Net;

namespace CodeInterpreter.Discord.Platform.Rest;

/// <summary>Discord has not done what was asked for. It is of no use to ask again: what may be repeated has been.</summary>
internal sealed class DiscordRestException : Exception
{
    public DiscordRestException(HttpStatusCode? status, int code, string message, Exception? cause = null)
        : base(message, cause) => (Status, Code) = (status, code);

    /// <summary>The status of the last answer; null where there was none.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>Discord's own number for the error, such as 10062 for an unknown interaction; 0 where it gave none.</summary>
    public int Code { get; }

    /// <summary>Whether the same call may succeed later: Discord does not answer, is broken, or has taken too many calls.</summary>
    public bool IsTransient => Status is null or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    /// <summary>Whether the message, the interaction or its token does not exist, or not any more.</summary>
    public bool IsGone => Status is HttpStatusCode.NotFound || Code is 10008 or 10015 or 10062 or 50027;
}
