namespace CodeInterpreter.ServiceDefaults.Messaging;

/// <summary>
/// Limits how long a publisher waits for the broker. The client library never completes a publish that is under way when the broker
/// crashes, and a broker that is short of memory or disk space confirms nothing.
/// </summary>
public static class Confirmations
{
    /// <summary>The longest wait for a confirmation: longer than a busy broker needs for the largest result.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Publishes with <paramref name="publish"/>, and waits at most <see cref="Timeout"/>.</summary>
    /// <exception cref="NotConfirmedException">The broker did not confirm in time. It may have the message all the same.</exception>
    public static Task ConfirmedAsync(this TimeProvider time, Func<CancellationToken, Task> publish, CancellationToken cancellationToken) =>
        time.ConfirmedAsync(Timeout, publish, cancellationToken);

    /// <summary>Publishes with <paramref name="publish"/>, and waits at most <paramref name="limit"/>.</summary>
    /// <exception cref="NotConfirmedException">The broker did not confirm in time. It may have the message all the same.</exception>
    public static async Task ConfirmedAsync(
        this TimeProvider time,
        TimeSpan limit,
        Func<CancellationToken, Task> publish,
        CancellationToken cancellationToken
    )
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            // Whether the publish itself observes the token or not.
            await publish(either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException exception) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new NotConfirmedException(limit, exception);
        }
    }
}
