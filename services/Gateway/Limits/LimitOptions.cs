using System.ComponentModel.DataAnnotations;

namespace CodeInterpreter.Gateway.Limits;

/// <summary>
/// Limits of callers, section <c>Gateway:Limits</c>. 0 means no limit. All replicas of the gateway count together, through the database.
/// Without <c>Gateway:Access:Mode=Required</c> callers are trusted, and no limit applies unless it is set.
/// </summary>
public sealed class LimitOptions
{
    /// <summary>Where the options are in the configuration.</summary>
    public const string Section = "Gateway:Limits";

    private const int Most = 1_000_000;

    /// <summary>
    /// Calls of any kind per API key and minute. A burst may use all of them at once. 6000 by default: a busy bot makes a few hundred.
    /// </summary>
    [Range(0, Most)]
    public int? CallsPerMinutePerKey { get; set; }

    /// <summary>
    /// Calls per user and minute, with any API key. 1200 by default: a person makes far fewer, and one user cannot use up the calls of the
    /// whole key.
    /// </summary>
    [Range(0, Most)]
    public int? CallsPerMinutePerUser { get; set; }

    /// <summary>
    /// Unfinished executions per API key, including waiting ones. 1024 by default: no more can wait in the queue for one bot.
    /// </summary>
    [Range(0, Most)]
    public int? ExecutionsPerKey { get; set; }

    /// <summary>
    /// Unfinished executions per user, including waiting ones. 32 by default: more would only wait, and delay the executions of others.
    /// </summary>
    [Range(0, Most)]
    public int? ExecutionsPerUser { get; set; }

    /// <summary>Whether anything is limited.</summary>
    internal bool HasLimits => CallsPerMinutePerKey + CallsPerMinutePerUser + ExecutionsPerKey + ExecutionsPerUser > 0;

    /// <summary>Fills in the defaults.</summary>
    internal void Complete(bool isPublic)
    {
        CallsPerMinutePerKey ??= isPublic ? 6000 : 0;
        CallsPerMinutePerUser ??= isPublic ? 1200 : 0;
        ExecutionsPerKey ??= isPublic ? 1024 : 0;
        ExecutionsPerUser ??= isPublic ? 32 : 0;
    }
}
