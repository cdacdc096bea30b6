namespace CodeInterpreter.Gateway.Executions;

/// <summary>A caller who waits for the end of an execution, as far as its protocol tells more of it.</summary>
/// <param name="Accepted">Tells the caller the id of the execution, once a runner can have it.</param>
/// <param name="HasRunOutOfTime">
/// Whether a caller who is gone has only waited as long as it wanted to: then the execution goes on, and its result can be asked for.
/// </param>
internal sealed record WaitingCaller(Func<string, Task> Accepted, Func<bool> HasRunOutOfTime)
{
    /// <summary>Nothing more is known of the caller.</summary>
    public static readonly WaitingCaller Any = new(_ => Task.CompletedTask, () => false);
}
