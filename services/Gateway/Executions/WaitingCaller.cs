namespace CodeInterpreter.Gateway.Executions;

/// <summary>A caller that waits for the result of an execution.</summary>
/// <param name="Context">The request, which a large result waits for memory for; null if the result is not sent.</param>
/// <param name="Accepted">Tells the caller the id of the execution, as soon as it is published.</param>
/// <param name="HasRunOutOfTime">
/// Whether a caller that disconnected reached its own deadline: then the execution goes on, and the caller can get its result later.
/// </param>
internal sealed record WaitingCaller(HttpContext? Context, Func<string, Task> Accepted, Func<bool> HasRunOutOfTime)
{
    /// <summary>A caller of which nothing is known.</summary>
    public static readonly WaitingCaller Any = new(Context: null, _ => Task.CompletedTask, () => false);
}
