using Microsoft.Extensions.Options;

namespace CodeInterpreter.FileStore.Blobs;

/// <summary>Refuses a kind of store that there is not.</summary>
internal sealed class BlobOptionsValidator : IValidateOptions<BlobOptions>
{
    public ValidateOptionsResult Validate(string? name, BlobOptions options) =>
        Enum.IsDefined(options.Provider)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{BlobOptions.Section}:{nameof(options.Provider)} must be one of {string.Join(", ", Enum.GetNames<BlobProvider>())}."
            );
}
