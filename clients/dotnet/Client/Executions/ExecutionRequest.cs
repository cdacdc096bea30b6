namespace CodeInterpreter.Client;

/// <summary>Code to run, and what it gets.</summary>
/// <param name="Code">Source in <see cref="Language"/>, at most 1 MiB. Python that is indented as a whole is dedented.</param>
public sealed record ExecutionRequest(string Code)
{
    /// <summary><c>python</c>, <c>bash</c>, <c>javascript</c> or <c>typescript</c>; null for Python.</summary>
    public string? Language { get; init; }

    /// <summary>What the code reads from standard input, at most 1 MiB.</summary>
    public string Stdin { get; init; } = "";

    /// <summary>Arguments of the program, at most 100 with 32 KiB together.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>
    /// Files for the working directory, at most 100. Ids of the user's files that appear in the code are attached without being listed
    /// here.
    /// </summary>
    public IReadOnlyList<InputFile> Files { get; init; } = [];

    /// <summary>
    /// Environment variables, at most 100 with 32 KiB together. Variables that control the interpreter, the loader or the sandbox are
    /// refused.
    /// </summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What it may use; null for the operator's defaults.</summary>
    public ExecutionLimits? Limits { get; init; }

    /// <summary>
    /// For Python only: <c>bare</c>, or <c>data</c> for numpy, pandas and matplotlib imported ahead; null to let the service look at the
    /// imports.
    /// </summary>
    public string? Profile { get; init; }

    /// <summary>For Python only: shows the value of a last expression, as a notebook does.</summary>
    public bool Echo { get; init; }

    /// <summary>Sends standard error where standard output goes, so that both are in the order of writing.</summary>
    public bool MergeOutput { get; init; }

    /// <summary>Puts the content of files of at most 1 MiB, 2 MiB together, into the result.</summary>
    public bool IncludeData { get; init; }

    /// <summary>
    /// A name of your own for this request, at most 128 printable ASCII characters. Repeating the request with the same key returns the
    /// first
    /// execution, also from another process, for as long as the service keeps it. Null for a key that the client makes for this call:
    /// its own retries then never run the code twice, and cancelling the call cancels the execution. With a key of your own, cancelling the
    /// call leaves the execution running, because you may repeat the request.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>
    /// How long <see cref="CodeInterpreterClient.RunAsync(ExecutionRequest, CancellationToken)"/> waits for the result, attempts and queue
    /// included; null for as long as the service keeps the request, which is bounded by its own deadlines. When it has passed, the call
    /// fails with
    /// <see cref="ErrorReasons.DeadlineExceeded"/>, and an execution with an id goes on. An interactive execution is cancelled then.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>A request with nothing but code.</summary>
    /// <param name="code">Source in Python.</param>
    public static implicit operator ExecutionRequest(string code) => new(code);
}
