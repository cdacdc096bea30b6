namespace CodeInterpreter.Client;

/// <summary>Where the service is, who calls it, and how patient its caller is.</summary>
public sealed class CodeInterpreterClientOptions
{
    /// <summary>The gRPC address of the service, <c>http://127.0.0.1:8081</c> by default, where <c>make run</c> listens.</summary>
    public Uri Address { get; set; } = new("http://127.0.0.1:8081");

    /// <summary>
    /// The user whose executions and files these are: 1 to 64 characters of <c>A-Z a-z 0-9 _ -</c>. Not needed where all calls go through
    /// <see cref="CodeInterpreterClient.ForUser"/>.
    /// </summary>
    public string? UserId { get; set; }

    /// <summary>The API key, <c>ci_...</c>; not needed where the operator requires none. Keep it out of source code.</summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// Returns the token, or the key, for a call; it takes precedence over <see cref="ApiKey"/>. It is called for each attempt of each
    /// call,
    /// so it should remember its token until shortly before the token expires.
    /// </summary>
    public Func<CancellationToken, ValueTask<string>>? TokenProvider { get; set; }

    /// <summary>
    /// How long one attempt of a call may take that the service answers at once, 30 seconds by default. Executions, waits and transfers are
    /// not limited by it.
    /// </summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often, and after what delays, calls are repeated that failed for a reason that passes.</summary>
    public RetryOptions Retry { get; set; } = new();

    /// <summary>The clock behind delays and deadlines.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
