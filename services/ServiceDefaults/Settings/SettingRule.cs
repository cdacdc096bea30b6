namespace CodeInterpreter.ServiceDefaults.Settings;

/// <summary>A rule that a setting obeys or not.</summary>
/// <param name="IsObeyed">Whether it does.</param>
/// <param name="Setting">Its name within the section.</param>
/// <param name="Expectation">What is allowed, as the end of a sentence about the setting, with a full stop. It repeats no value.</param>
public sealed record SettingRule(bool IsObeyed, string Setting, string Expectation);
