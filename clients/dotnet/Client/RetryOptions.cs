namespace CodeInterpreter.Client;

/// <summary>
/// How calls are repeated that failed for a reason that passes: the service is unavailable, the connection broke, the queue is full, or a
/// rate
/// limit is reached. A repeated call never runs code twice and never stores a file twice.
/// </summary>
public sealed class RetryOptions
{
    /// <summary>Attempts of one call, the first one included: 5 by default, 1 for no retries.</summary>
    public int MaxAttempts { get; set; } = 5;

    /// <summary>
    /// Longest delay before the second attempt where the service names none, 0.5 seconds by default. It doubles with each attempt, and a
    /// random part of it is waited.
    /// </summary>
    public TimeSpan BaseDelay { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// The longest delay, 30 seconds by default. A call that the service asks to repeat later than that fails at once; the exception has
    /// the delay as <see cref="CodeInterpreterException.RetryDelay"/>.
    /// </summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(30);
}
