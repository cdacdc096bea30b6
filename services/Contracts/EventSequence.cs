namespace CodeInterpreter.Contracts;

/// <summary>
/// Numbers the events of an execution that come from one attempt to run it: without gaps, and above those of every earlier
/// attempt, whichever runners they are made by. 1 is left for the acceptance.
/// </summary>
public sealed class EventSequence(int attempt)
{
    /// <summary>The number of the event that an execution has been accepted.</summary>
    public const long Accepted = 1;

    /// <summary>More events than an attempt can have.</summary>
    private const long PerAttempt = 10_000_000;

    private long _last = Accepted + (attempt * PerAttempt);

    /// <summary>Whether it is the first of an attempt.</summary>
    public static bool BeginsAttempt(long sequence) => sequence % PerAttempt == Accepted + 1;

    /// <summary>How many events an attempt has had by that one, the acceptance among them; 0 for one that no runner has numbered.</summary>
    public static long CountOf(long sequence) => sequence % PerAttempt;

    /// <summary>The next number.</summary>
    public long Next() => Interlocked.Increment(ref _last);
}
