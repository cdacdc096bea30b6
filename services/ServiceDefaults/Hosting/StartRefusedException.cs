namespace CodeInterpreter.ServiceDefaults.Hosting;

/// <summary>
/// The service cannot start with its settings. The message is one line that says why and what to change; the program prints it and exits
/// with code 78.
/// </summary>
public class StartRefusedException(string message, Exception? cause = null) : Exception(message, cause);
