using CodeInterpreter.Gateway.Access.Callers;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Limits;
using CodeInterpreter.ServiceDefaults.Naming;
using Microsoft.AspNetCore.Http.Features;

namespace CodeInterpreter.Gateway.Access;

/// <summary>What a call may do: for which user, and how often.</summary>
internal sealed class CallAuthorization(HttpContext context, CallLimiter limiter, AccessRefusals refusals)
{
    private readonly Caller? _caller = Caller.Of(context);
    private List<Quota>? _quotas;
    private bool _userIsCounted;

    /// <summary>Tells callers apart; empty if calls need no credentials.</summary>
    public string CallerId => _caller?.Id ?? "";

    /// <summary>The authorization of an accepted call.</summary>
    public static CallAuthorization Of(HttpContext context) => context.Features.GetRequiredFeature<CallAuthorization>();

    /// <summary>Counts the call against the limit of its API key or token.</summary>
    /// <exception cref="GatewayException">The caller has exceeded its limit.</exception>
    public void CountForCaller()
    {
        if (_caller is not null)
            Apply(limiter.TakeForKey(_caller.Id));
    }

    /// <summary>
    /// Checks that the caller may act for the user, once the request has named one, and counts the call against the user's limit. A request
    /// without a user is refused later, by the method it calls.
    /// </summary>
    /// <exception cref="GatewayException">The credentials belong to another user, or the user has exceeded the limit.</exception>
    public void AuthorizeUser(string? userId)
    {
        if (string.IsNullOrEmpty(userId))
            return;

        if (_caller?.UserId is { } own && own != userId)
        {
            refusals.Add(context, GatewayErrorKind.Forbidden, CallerId, userId);
            throw new GatewayException(GatewayErrorKind.Forbidden, "The credentials are those of another user.");
        }

        // The method that is called refuses other texts. They may be of any length, and counted ones are kept.
        if (_userIsCounted || !Identifier.IsValid(userId))
            return;
        _userIsCounted = true;
        Apply(limiter.TakeForUser(userId), userId);
    }

    private void Apply(Quota? quota, string? userId = null)
    {
        if (quota is null)
            return;

        // The exception handler removes the headers of a response that becomes an error, but not these callbacks.
        if (_quotas is null && !context.Response.HasStarted)
            context.Response.OnStarting(WriteQuotasAsync);
        (_quotas ??= []).Add(quota);
        if (quota.RetryAfter is { } retryAfter)
        {
            refusals.Add(context, GatewayErrorKind.LimitReached, CallerId, userId);
            throw new GatewayException(
                GatewayErrorKind.LimitReached,
                $"The {quota.Policy} has exceeded its limit of {quota.PerMinute} calls a minute; try again later."
            )
            {
                RetryDelay = retryAfter,
            };
        }
    }

    private Task WriteQuotasAsync()
    {
        foreach (var quota in _quotas ?? [])
            quota.WriteTo(context.Response.Headers);
        return Task.CompletedTask;
    }
}
