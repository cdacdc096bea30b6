namespace CodeInterpreter.Gateway.Limits.Sharing;

/// <summary>The active executions of this replica.</summary>
internal interface IActiveCounts
{
    /// <summary>How many each caller and each user has, by <see cref="UsageOwner"/>.</summary>
    IEnumerable<KeyValuePair<string, long>> Counts { get; }
}
