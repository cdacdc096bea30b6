namespace CodeInterpreter.ServiceDefaults.Settings;

/// <summary>A name that is set but does not exist.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Neighbours">Full names of the settings beside it; of a section, those in it.</param>
/// <param name="IsSection">Whether there is a section of that name.</param>
internal sealed record UnknownSetting(string Name, IReadOnlyList<string> Neighbours, bool IsSection = false);
