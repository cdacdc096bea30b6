namespace CodeInterpreter.Discord.Platform.Interactions;

/// <summary>The permissions that matter to us, as Discord's bits.</summary>
internal enum Permission : ulong
{
    None = 0,
    Administrator = 1UL << 3,
    ManageMessages = 1UL << 13,
}
