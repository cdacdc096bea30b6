namespace CodeInterpreter.Runner.Sandboxes;

/// <summary>The input files do not fit into a sandbox; they would fit into no other, either.</summary>
internal sealed class NoRoomException() : Exception("The input files do not fit into the working directory of the sandbox.");
