namespace CodeInterpreter.Runner.Sandboxes;

/// <summary>A sandbox died, was silent for too long or broke the protocol. It has to be destroyed.</summary>
internal sealed class SandboxFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
