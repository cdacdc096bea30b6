using System.ComponentModel.DataAnnotations;

namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>Code to run.</summary>
internal sealed record ExecuteBody
{
    /// <summary>Who the execution and its files belong to: 1 to 64 characters of A-Z, a-z, 0-9, _ and -.</summary>
    [Required]
    public string? UserId { get; init; }

    /// <summary>
    /// Source in the language, at most 1 MiB of UTF-8; an empty program ends with 0. An indented block of Python is dedented. Ids of the user's files that appear
    /// literally in it are attached by themselves.
    /// </summary>
    [Required]
    public string? Code { get; init; }

    /// <summary>
    /// The user's own files to place in the working directory, at most 100: ids for their own names, objects for other ones.
    /// </summary>
    public IReadOnlyList<UserFileBody?>? UserFiles { get; init; }

    /// <summary>What the code reads from standard input, at most 1 MiB.</summary>
    public string? Stdin { get; init; }

    /// <summary>Arguments of the program (sys.argv[1:], "$@", process.argv.slice(2)), at most 100 arguments with 32 KiB in all.</summary>
    public IReadOnlyList<string?>? Args { get; init; }

    /// <summary>
    /// Files to place in the working directory, at most 10 with 2 MiB in all. They are stored as the user's uploaded files.
    /// </summary>
    public IReadOnlyList<InlineFileBody?>? Files { get; init; }

    /// <summary>
    /// Environment variables, at most 100 with 32 KiB in all. Those that steer the interpreter, the loader or the sandbox are
    /// refused.
    /// </summary>
    public IReadOnlyDictionary<string, string?>? Environment { get; init; }

    /// <summary>What the code is in: python (the default), bash, javascript or typescript.</summary>
    public string? Language { get; init; }

    /// <summary>
    /// For Python only. What is preloaded: bare, data (numpy, pandas, matplotlib), or nothing to let the service look at the imports. All can
    /// import everything; it is a matter of time.
    /// </summary>
    public string? Profile { get; init; }

    /// <summary>Prints the value of a last expression, as notebooks do. For Python only.</summary>
    public bool? Echo { get; init; }

    /// <summary>
    /// Sends standard error where standard output goes: `output` has both in the order of writing, and `error` is empty.
    /// </summary>
    public bool? MergeOutput { get; init; }

    /// <summary>
    /// Puts the content of files of at most 1 MiB, 2 MiB in all, into the result or the event `finished`. Calls that only submit
    /// refuse it: there it belongs to the call that asks for the result.
    /// </summary>
    public bool? IncludeData { get; init; }

    /// <summary>
    /// The same key with the same request is the same execution, for as long as that is remembered; with another request it is
    /// refused. At most 128 printable ASCII characters.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>What the execution may use; what is not set has the operator's default.</summary>
    public ExecutionLimitsBody? Limits { get; init; }
}
