namespace CodeInterpreter.Runner.Sandboxes;

/// <summary>The input files do not fit into a sandbox; no other sandbox is larger.</summary>
internal sealed class InputsTooLargeException() : Exception("The input files do not fit into the working directory of the sandbox.");
