namespace CodeInterpreter.ServiceDefaults.Databases;

/// <summary>Makes the exception that a service throws while its database cannot be used.</summary>
/// <param name="cause">What the driver threw.</param>
/// <param name="isFull">Whether the database has no space left for what was to be written. Reading may still work.</param>
public delegate Exception DatabaseFailure(Exception cause, bool isFull);
