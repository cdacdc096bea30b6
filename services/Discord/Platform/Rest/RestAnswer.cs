using System.Net;

namespace CodeInterpreter.Discord.Platform.Rest;

/// <summary>What became of an attempt.</summary>
/// <param name="Status">The status; null where there was no answer.</param>
/// <param name="Body">The body of a success.</param>
/// <param name="Error">What else it says.</param>
/// <param name="MayRepeat">Whether it makes sense to try again, and does no harm.</param>
/// <param name="Cause">Why there was no answer.</param>
internal sealed record RestAnswer(HttpStatusCode? Status, byte[] Body, RestError Error, bool MayRepeat, Exception? Cause = null)
{
    public bool IsSuccess { get; private init; }

    public static RestAnswer Success(HttpStatusCode status, byte[] body) => new(status, body, new(), MayRepeat: false) { IsSuccess = true };

    public static RestAnswer Failure(HttpStatusCode status, RestError error, bool mayRepeat) => new(status, [], error, mayRepeat);

    public static RestAnswer None(Exception cause, bool mayRepeat) => new(null, [], new(), mayRepeat, cause);
}
