namespace CodeInterpreter.Demo;

/// <summary>The service answered, but not with what the demo expects.</summary>
internal sealed class DemoFailedException(string message) : Exception(message);
