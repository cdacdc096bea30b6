using System.ComponentModel.DataAnnotations;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Requests;
using CodeInterpreter.Gateway.Http.Json;

namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>Code to run.</summary>
internal sealed record ExecuteBody
{
    /// <summary>The owner of the execution and its files: 1 to 64 characters of A-Z, a-z, 0-9, _ and -.</summary>
    [Required]
    [RegularExpression(Patterns.UserId)]
    public string? UserId { get; init; }

    /// <summary>
    /// Source in the language, at most 1 MiB of UTF-8; an empty program exits with 0. An indented block of Python is dedented. Files of the
    /// user
    /// whose ids appear in the code are attached automatically.
    /// </summary>
    [Required]
    [MaxLength(RequestLimits.CodeBytes)]
    public string? Code { get; init; }

    /// <summary>
    /// Stored files of the user to place in the working directory, at most 100: an id for the file's own name, an object for another name.
    /// </summary>
    [MaxLength(RequestLimits.UserFiles)]
    public IReadOnlyList<UserFileBody?>? UserFiles { get; init; }

    /// <summary>Standard input of the code, at most 1 MiB of UTF-8.</summary>
    [MaxLength(RequestLimits.StdinBytes)]
    public string? Stdin { get; init; }

    /// <summary>Arguments of the program (sys.argv[1:], "$@", process.argv.slice(2)), at most 100 arguments with 32 KiB together.</summary>
    [MaxLength(RequestLimits.Args)]
    public IReadOnlyList<string?>? Args { get; init; }

    /// <summary>
    /// Files to place in the working directory, at most 10 with 2 MiB together. They are stored as the user's uploaded files.
    /// </summary>
    [MaxLength(RequestLimits.InlineFiles)]
    public IReadOnlyList<InlineFileBody?>? Files { get; init; }

    /// <summary>
    /// Environment variables, at most 100 with 32 KiB together. Variables that control the interpreter, the loader or the sandbox are
    /// refused.
    /// </summary>
    public IReadOnlyDictionary<string, string?>? Environment { get; init; }

    /// <summary>The language of the code: python (the default), bash, javascript or typescript.</summary>
    [AllowedValues(Languages.Python, Languages.Bash, Languages.JavaScript, Languages.TypeScript)]
    public string? Language { get; init; }

    /// <summary>
    /// For Python only. The modules that are preloaded: none with bare; numpy, pandas and matplotlib with data; unset, the service looks at
    /// the
    /// imports. Code can import all modules with each profile; only the time differs.
    /// </summary>
    [AllowedValues("bare", "data")]
    public string? Profile { get; init; }

    /// <summary>Prints the value of the last expression, as notebooks do. For Python only.</summary>
    public bool? Echo { get; init; }

    /// <summary>
    /// Merges standard error into standard output: `output` has both in the order of writing, and `error` is empty.
    /// </summary>
    public bool? MergeOutput { get; init; }

    /// <summary>
    /// Adds the content of files of at most 1 MiB, together at most 2 MiB, to the result or the event `finished`. Calls that only submit
    /// refuse it: set it in the call that gets the result.
    /// </summary>
    public bool? IncludeData { get; init; }

    /// <summary>
    /// A repeated request with the same key returns the same execution, as long as that is kept. A different request with the key is
    /// refused.
    /// At most 128 printable ASCII characters.
    /// </summary>
    [MaxLength(RequestLimits.IdempotencyKeyLength)]
    [RegularExpression(Patterns.IdempotencyKey)]
    public string? IdempotencyKey { get; init; }

    /// <summary>Limits of the execution; an unset limit has the operator's default.</summary>
    public ExecutionLimitsBody? Limits { get; init; }
}
