namespace CodeInterpreter.ServiceDefaults.Hosting;

/// <summary>
/// A service does not start as it is set up; the message, one sentence or more in one line, says why and what to change. The program
/// ends with it and <see cref="ExitCodes.Configuration"/>.
/// </summary>
public class StartRefusedException(string message, Exception? cause = null) : Exception(message, cause);
