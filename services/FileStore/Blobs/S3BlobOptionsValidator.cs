using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.FileStore.Blobs;

/// <summary>Refuses what names no bucket, without repeating addresses and keys. It is asked when the bucket is used.</summary>
internal sealed partial class S3BlobOptionsValidator(IOptions<FileStoreOptions> files) : IValidateOptions<S3BlobOptions>
{
    private const int MaxParts = 10_000;
    private const int MaxPartsInMemory = 1000;
    private const long MaxBlobBytes = (long)MaxParts * PartBuffers.PartBytes;
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, S3BlobOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        Check(IsAddress(options.ServiceUrl), "must be http:// or https:// without user and query, or empty.", nameof(options.ServiceUrl));
        Check(Region().IsMatch(options.Region), "must be lower-case letters, digits and '-', or empty.", nameof(options.Region));
        Check(
            options.Region.Length > 0 || options.ServiceUrl.Length > 0,
            "must be set when there is no ServiceUrl.",
            nameof(options.Region)
        );
        Check(BucketName().IsMatch(options.Bucket), "must be 3 to 63 lower-case letters, digits, '-' and '.'.", nameof(options.Bucket));
        Check(
            Folders().IsMatch(options.Prefix),
            "must be empty, or folders of letters, digits, '_', '-' and '.' that each end in '/'.",
            nameof(options.Prefix)
        );
        Check(
            options.AccessKey.Length == 0 == (options.SecretKey.Length == 0),
            "must be set together with SecretKey, or neither.",
            nameof(options.AccessKey)
        );
        Check(
            options.Timeout > TimeSpan.Zero && options.Timeout <= MaxTimeout,
            $"must be more than zero and at most {MaxTimeout}.",
            nameof(options.Timeout)
        );
        Check(options.PartsInMemory is > 0 and <= MaxPartsInMemory, $"must be 1 to {MaxPartsInMemory}.", nameof(options.PartsInMemory));
        if (files.Value.MaxFileBytes > MaxBlobBytes)
        {
            result.AddError(
                $"must be at most {MaxBlobBytes} with S3.",
                $"{FileStoreOptions.Section}:{nameof(FileStoreOptions.MaxFileBytes)}"
            );
        }

        return result.Build();

        void Check(bool isGood, string error, string option)
        {
            if (!isGood)
            {
                result.AddError(error, $"{S3BlobOptions.Section}:{option}");
            }
        }
    }

    private static bool IsAddress(string text) =>
        text.Length == 0
        || (
            Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https"
            && url.UserInfo.Length == 0
            && url.Query.Length == 0
            && url.Fragment.Length == 0
        );

    [GeneratedRegex(@"\A[a-z0-9-]*\z")]
    private static partial Regex Region();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z")]
    private static partial Regex BucketName();

    [GeneratedRegex(@"\A([A-Za-z0-9_-][A-Za-z0-9_.-]*/)*\z")]
    private static partial Regex Folders();
}
