namespace CodeInterpreter.ServiceDefaults.Settings;

/// <summary>
/// The value of the setting is never shown, neither in a log nor in a message about it. A text whose name ends in <c>Key</c>,
/// <c>Secret</c>, <c>Password</c> or <c>Token</c> is one without it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;
