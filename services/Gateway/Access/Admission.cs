using CodeInterpreter.Gateway.Access.Limits;
using CodeInterpreter.Gateway.Errors;
using Microsoft.AspNetCore.Http.Features;

namespace CodeInterpreter.Gateway.Access;

/// <summary>A call that has been let in, and what it may do.</summary>
internal sealed class Admission(Caller caller, HttpContext context, CallLimiter limiter, AccessInstruments instruments)
{
    private bool _counted;

    /// <summary>Who calls; empty when nobody asks.</summary>
    public string CallerId => caller.Id;

    /// <summary>The admission of a call that has been let in.</summary>
    public static Admission Of(HttpContext context) => context.Features.GetRequiredFeature<Admission>();

    /// <summary>The user that the call names, as soon as it is known. A call without one is refused by what it calls.</summary>
    /// <exception cref="GatewayException">The caller may not act for that user, or the user has called too often.</exception>
    public void ActAs(string? userId)
    {
        if (string.IsNullOrEmpty(userId))
            return;

        if (caller.UserId is not null && caller.UserId != userId)
        {
            instruments.Refused(GatewayErrorKind.Forbidden);
            throw new GatewayException(GatewayErrorKind.Forbidden, "The credentials are those of another user.");
        }

        if (_counted)
            return;
        _counted = true;
        Count(limiter.TakeForUser(userId));
    }

    /// <summary>Counts the call against its caller's limit.</summary>
    public void CountCall()
    {
        if (caller.Id.Length > 0)
            Count(limiter.TakeForKey(caller.Id));
    }

    private void Count(Quota? quota)
    {
        if (quota is null)
            return;

        quota.Tell(context.Response);
        if (quota.RetryAfter is { } retryAfter)
        {
            instruments.Refused(GatewayErrorKind.LimitReached);
            throw new GatewayException(
                GatewayErrorKind.LimitReached,
                $"More than {quota.PerMinute} calls a minute of this {quota.Policy}; try again later."
            )
            {
                RetryDelay = retryAfter,
            };
        }
    }
}
