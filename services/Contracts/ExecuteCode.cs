using System.Text.Json.Serialization;

namespace CodeInterpreter.Contracts;

/// <summary>
/// Command: run this code in a sandbox. Runners share one queue of these. <see cref="ExecutionStarted"/> and
/// <see cref="ExecutionFinished"/> follow: published for all, and sent to the command's response address when it has one. In
/// between come <see cref="ExecutionOutput"/> and <see cref="ExecutionFileStored"/> when the command asks for them.
/// </summary>
public sealed record ExecuteCode
{
    /// <summary>
    /// The longest wall time there is, in seconds. The broker takes a command away from a runner that has not acknowledged it for an
    /// hour, and harvest and retries come on top.
    /// </summary>
    public const int LongestWallTimeSeconds = 45 * 60;

    /// <summary>
    /// How far the clock of a runner may be ahead of its client's: as much later than <see cref="StartBy"/> and <see cref="Deadline"/> a
    /// runner still takes a command up. The sender of the command decides exactly how long it may wait, with
    /// <see cref="CancelExecution.UnlessStarted"/>; gateways do that.
    /// </summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(2);

    /// <summary>The key of all that follows; a second command with the same id is the same execution.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>Who the execution and its files belong to: <c>[A-Za-z0-9_-]{1,64}</c>.</summary>
    public required string UserId { get; init; }

    /// <summary>Source in <see cref="Language"/>, at most 1 MiB of UTF-8.</summary>
    [JsonConverter(typeof(LongText))]
    public required string Code { get; init; }

    /// <summary>One of <see cref="Languages"/>; Python where it is missing.</summary>
    public string Language { get; init; } = Languages.Python;

    /// <summary>Files of the user to place in the working directory before the code starts.</summary>
    public IReadOnlyList<InputFile> InputFiles { get; init; } = [];

    /// <summary>What the code reads from standard input, at most 1 MiB of UTF-8.</summary>
    [JsonConverter(typeof(LongText))]
    public string Stdin { get; init; } = "";

    /// <summary>Arguments of the program: <c>sys.argv[1:]</c>, <c>"$@"</c> or <c>process.argv.slice(2)</c>.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>Variables for the code's environment, besides the sandbox's own.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the value of a last expression is printed, as notebooks do. For Python only; no other language has it.</summary>
    public bool Echo { get; init; }

    /// <summary>
    /// Whether standard error goes where standard output goes from the start, so that the result and
    /// <see cref="ExecutionOutput"/> have both in the order of writing, as standard output.
    /// </summary>
    public bool MergeOutput { get; init; }

    /// <summary>Whether standard input stays open after <see cref="Stdin"/>, for <see cref="ExecutionInput"/>.</summary>
    public bool Interactive { get; init; }

    /// <summary>Whether output and files are published while the code runs, and not only with the result.</summary>
    public bool Live { get; init; }

    /// <summary>What is preloaded: <c>bare</c> or <c>data</c>; null leaves the choice to the runner, which looks at the imports.</summary>
    public string? Profile { get; init; }

    /// <summary>Wall-clock time the code may take, in seconds; greater than zero, at most <see cref="LongestWallTimeSeconds"/>.</summary>
    public required double WallTimeSeconds { get; init; }

    /// <summary>What else the code may use; what is null there is the runner's default.</summary>
    public ExecutionLimits Limits { get; init; } = ExecutionLimits.None;

    /// <summary>
    /// The token with which the runner reads the inputs and stores the outputs of this execution. Null where file stores require none.
    /// </summary>
    public string? Grant { get; init; }

    /// <summary>
    /// Copied into all events of this execution, to prove that they come from a runner that received it. Null where gateways require no
    /// proof.
    /// </summary>
    public string? Proof { get; init; }

    /// <summary>When the execution was accepted.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>
    /// From this moment on no runner takes it up, so that it ends before its deadline; null leaves time until that. Runners allow for
    /// clocks that differ, see <see cref="ClockTolerance"/>. An execution that begins anew, as its runner was lost, has time until
    /// the deadline.
    /// </summary>
    public DateTimeOffset? StartBy { get; init; }

    /// <summary>From this moment on no caller waits for the result: a runner that receives the command later does not start it.</summary>
    public required DateTimeOffset Deadline { get; init; }
}
