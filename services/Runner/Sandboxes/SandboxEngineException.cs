namespace CodeInterpreter.Runner.Sandboxes;

/// <summary>The engine cannot provide a sandbox: an infrastructure failure, independent of the code.</summary>
internal sealed class SandboxEngineException(string message, Exception? innerException = null) : Exception(message, innerException);
