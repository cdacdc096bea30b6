namespace CodeInterpreter.Client.AI;

/// <summary>What a model is offered, and what it gets back.</summary>
public sealed class CodeInterpreterToolOptions
{
    /// <summary>The name that the model calls the tool by.</summary>
    public string Name { get; set; } = "run_python";

    /// <summary>
    /// What the model reads of the tool. Add <see cref="SandboxEnvironment.Prompt"/> to it, or to the system prompt, to list the libraries.
    /// </summary>
    public string Description { get; set; } =
        "Runs Python in a fresh sandbox without network and returns what it prints and the files that it writes to its working directory. "
        + "Variables do not survive a call; files do: load one in a later call with load_file('<file id>'). Print what you need to see; "
        + "plt.show() returns a picture.";

    /// <summary>What each execution may use; null for the operator's defaults.</summary>
    public ExecutionLimits? Limits { get; set; }

    /// <summary>Files that every execution finds in its working directory, such as those that a user attached to the chat.</summary>
    public IReadOnlyList<InputFile> Files { get; set; } = [];

    /// <summary>
    /// Longest picture that the model gets as content, in bytes: 512 KiB by default, at most 1 MiB; 0 for none. Larger ones are listed with
    /// their ids like other files.
    /// </summary>
    public int MaxPictureBytes { get; set; } = 512 * 1024;

    /// <summary>
    /// Longest text that the model gets of each output stream, in characters: 20,000 by default. The middle of longer ones is left out.
    /// </summary>
    public int MaxOutputLength { get; set; } = 20_000;

    /// <summary>Receives the whole result of each execution, to show its files to people, for example; null for nothing.</summary>
    public Action<ExecutionResult>? OnResult { get; set; }
}
