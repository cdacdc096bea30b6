namespace CodeInterpreter.Client;

/// <summary>How much of a user was deleted.</summary>
/// <param name="Executions">Executions, with their results and events.</param>
/// <param name="Files">Files.</param>
public sealed record DeletedUserData(long Executions, long Files);
