namespace CodeInterpreter.Gateway.Users;

/// <summary>How much of a user was deleted.</summary>
/// <param name="Executions">The number of executions.</param>
/// <param name="Files">The number of files.</param>
internal sealed record DeletedUserData(long Executions, long Files);
