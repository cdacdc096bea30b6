namespace CodeInterpreter.Contracts;

/// <summary>
/// The queue for <see cref="ExecuteCode"/> messages of users that already have their share of a runner. There they hold no slot and delay
/// no other user. A runner moves the message unchanged and adds these headers. A gateway moves it back when a runner has a slot for that
/// user, see <see cref="RoomForDeferred"/>.
/// </summary>
public static class DeferredExecutions
{
    /// <summary>The queue, and the direct exchange that runners publish to.</summary>
    public const string Queue = "execute-code-deferred";

    /// <summary>
    /// Header, text, of its sender: the seal, which proves to gateways that the command is unchanged. Missing where gateways require none,
    /// or where the command must not wait in the queue.
    /// </summary>
    public const string Seal = "execute-code-seal";

    /// <summary>Routing key of a command that has a seal.</summary>
    public const string Sealed = "sealed";

    /// <summary>
    /// Routing key of a command without a seal. Gateways that ask for seals bind nothing to it, so that the broker returns it.
    /// </summary>
    public const string Unsealed = "unsealed";

    /// <summary>Header, text: the execution.</summary>
    public const string ExecutionId = "execute-code-execution-id";

    /// <summary>Header, text: its user.</summary>
    public const string UserId = "execute-code-user-id";

    /// <summary>Header, milliseconds since 1970: when it was accepted, which is its place among its user's executions.</summary>
    public const string AcceptedAt = "execute-code-accepted-at";

    /// <summary>Header, milliseconds since 1970: until when a runner may start it, clocks that differ allowed for.</summary>
    public const string StartBy = "execute-code-start-by";

    /// <summary>
    /// Header, <c>true</c>: the message comes from the deferred queue, and is the next of its user's executions.
    /// </summary>
    public const string Offered = "execute-code-offered";
}
