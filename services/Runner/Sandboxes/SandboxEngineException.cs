namespace CodeInterpreter.Runner.Sandboxes;

/// <summary>The engine cannot give a sandbox: an infrastructure failure, whatever the code is.</summary>
internal sealed class SandboxEngineException(string message, Exception? innerException = null) : Exception(message, innerException);
