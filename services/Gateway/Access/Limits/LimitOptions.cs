namespace CodeInterpreter.Gateway.Access.Limits;

/// <summary>
/// How much a caller may ask for, section <c>Gateway:Limits</c>. 0 means no limit. Each replica of the gateway counts for itself.
/// Where <c>Gateway:Access:Mode</c> is not <c>Required</c>, there is no limit unless one is set: callers are trusted then.
/// </summary>
public sealed class LimitOptions
{
    /// <summary>Where the options are in the configuration.</summary>
    public const string Section = "Gateway:Limits";

    /// <summary>
    /// Calls of any kind that one API key may make in a minute; a minute's worth may come at once. 6000: a busy bot makes a few
    /// hundred.
    /// </summary>
    public int? CallsPerMinutePerKey { get; set; }

    /// <summary>
    /// Calls that may be made for one user in a minute, whoever makes them. 1200: what a person does is a small part of it, and one
    /// user cannot use up what the key has for all.
    /// </summary>
    public int? CallsPerMinutePerUser { get; set; }

    /// <summary>
    /// Executions that one API key may have under way, waiting ones included. 1024: as many wait at most for what one bot has sent.
    /// </summary>
    public int? ExecutionsPerKey { get; set; }

    /// <summary>
    /// Executions that one user may have under way, waiting ones included. 32: more only wait, before the executions of others.
    /// </summary>
    public int? ExecutionsPerUser { get; set; }

    internal void Complete(AccessMode mode)
    {
        var isPublic = mode == AccessMode.Required;
        CallsPerMinutePerKey ??= isPublic ? 6000 : 0;
        CallsPerMinutePerUser ??= isPublic ? 1200 : 0;
        ExecutionsPerKey ??= isPublic ? 1024 : 0;
        ExecutionsPerUser ??= isPublic ? 32 : 0;
    }
}
