using CodeInterpreter.ServiceDefaults.Trust;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Files.Links;

/// <summary>Rejects an invalid key without repeating it in the error.</summary>
internal sealed class FileLinkOptionsValidator : IValidateOptions<FileLinkOptions>
{
    public ValidateOptionsResult Validate(string? name, FileLinkOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        SecretKey.Check(result, FileLinkOptions.Section, options.Key, options.KeyFile);
        if (options.BaseAddress is not (null or { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", Fragment: "" }))
            result.AddError("must be an address that begins with http:// or https://.", Full(nameof(options.BaseAddress)));
        return result.Build();
    }

    private static string Full(string option) => $"{FileLinkOptions.Section}:{option}";
}
