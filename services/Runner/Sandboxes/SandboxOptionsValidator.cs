using CodeInterpreter.ServiceDefaults.Settings;

namespace CodeInterpreter.Runner.Sandboxes;

/// <summary>Rules between the options of a sandbox.</summary>
internal sealed class SandboxOptionsValidator() : SettingsRules<SandboxOptions>(SandboxOptions.Section)
{
    protected override IEnumerable<SettingRule> RulesFor(SandboxOptions options)
    {
        // The supervisor needs what the files leave; without that the kernel would end it instead of the code.
        var files = options.DataBytes + options.TempBytes + SandboxOptions.HomeBytes + SandboxOptions.SharedMemoryBytes;
        return
        [
            new(
                options.FirstUserId + options.UserIds - 1 <= SandboxOptions.LastUserId,
                nameof(options.FirstUserId),
                $"exceeds the last user id, {SandboxOptions.LastUserId}, with Sandbox:UserIds ({options.UserIds})."
            ),
            new(
                files <= options.MemoryBytes - (options.MemoryBytes / 8),
                nameof(options.DataBytes),
                $"({options.DataBytes}), Sandbox:TempBytes ({options.TempBytes}), the home directory ({SandboxOptions.HomeBytes}) and "
                    + $"/dev/shm ({SandboxOptions.SharedMemoryBytes}) must be at most seven eighths of Sandbox:MemoryBytes "
                    + $"({options.MemoryBytes}) together; they are {files}."
            ),
        ];
    }
}
