using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Sandboxes;

/// <summary>Rules between the options of a sandbox.</summary>
internal sealed class SandboxOptionsValidator : IValidateOptions<SandboxOptions>
{
    public ValidateOptionsResult Validate(string? name, SandboxOptions options)
    {
        if (options.FirstUserId + options.UserIds - 1 > SandboxOptions.LastUserId)
        {
            return ValidateOptionsResult.Fail(
                $"Sandbox:FirstUserId is {options.FirstUserId}; with Sandbox:UserIds ({options.UserIds}) it leads beyond the last user id, "
                    + $"{SandboxOptions.LastUserId}."
            );
        }

        // The supervisor lives on what the files leave; without that the kernel would end it instead of the code.
        var files = options.DataBytes + options.TempBytes + SandboxOptions.HomeBytes + SandboxOptions.SharedMemoryBytes;
        return files > options.MemoryBytes - (options.MemoryBytes / 8)
            ? ValidateOptionsResult.Fail(
                $"Sandbox:DataBytes, Sandbox:TempBytes, the home directory ({SandboxOptions.HomeBytes}) and /dev/shm "
                    + $"({SandboxOptions.SharedMemoryBytes}) are {files} bytes together; they may be at most seven eighths of "
                    + $"Sandbox:MemoryBytes ({options.MemoryBytes})."
            )
            : ValidateOptionsResult.Success;
    }
}
