namespace CodeInterpreter.ServiceDefaults.Settings;

/// <summary>A section of the configuration and the class it is read into. All of them together say which settings there are.</summary>
/// <param name="Path">Where it is, such as <c>Gateway:Access</c>.</param>
/// <param name="Type">Its settable properties are the settings.</param>
internal sealed record SettingsSection(string Path, Type Type);
