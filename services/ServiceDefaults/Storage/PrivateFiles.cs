using System.Runtime.InteropServices;

namespace CodeInterpreter.ServiceDefaults.Storage;

/// <summary>
/// Files that only the account of the service can read. Output of code, users' files and hashes of keys stay private, whatever permissions
/// the account gives to new files.
/// </summary>
public static class PrivateFiles
{
    /// <summary>Access to a directory: its owner alone.</summary>
    public const UnixFileMode Directory = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Access to a file: its owner alone.</summary>
    public const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    internal const UnixFileMode OfOthers =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    /// <summary>
    /// From now on nothing that this process makes can be read by others, the files that databases make beside their own included.
    /// </summary>
    public static void MakeTheDefault()
    {
        if (!OperatingSystem.IsWindows())
            _ = SetUmask((uint)OfOthers);
    }

    // .NET has no other way to it, and a database's own files have no mode that could be given.
    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint SetUmask(uint mask);
}
