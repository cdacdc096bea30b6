using System.Text.RegularExpressions;
using CodeInterpreter.FileStore.Settings;
using CodeInterpreter.ServiceDefaults.Settings;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.FileStore.Blobs;

/// <summary>Rejects settings that name no bucket. They are checked when the bucket is used.</summary>
internal sealed partial class S3BlobOptionsValidator(IOptions<FileStoreOptions> files) : SettingsRules<S3BlobOptions>(S3BlobOptions.Section)
{
    private const int MaxParts = 10_000;
    private const long MaxBlobBytes = (long)MaxParts * PartBuffers.PartBytes;

    protected override IEnumerable<SettingRule> RulesFor(S3BlobOptions options) =>
        [
            new(IsAddress(options.ServiceUrl), nameof(options.ServiceUrl), "must be http:// or https:// without user and query, or empty."),
            new(Region().IsMatch(options.Region), nameof(options.Region), "must be lower-case letters, digits and '-', or empty."),
            new(
                options.Region.Length > 0 || options.ServiceUrl.Length > 0,
                nameof(options.Region),
                "must be set when there is no ServiceUrl."
            ),
            new(BucketName().IsMatch(options.Bucket), nameof(options.Bucket), "must be 3 to 63 lower-case letters, digits, '-' and '.'."),
            new(
                Folders().IsMatch(options.Prefix),
                nameof(options.Prefix),
                "must be empty, or folders of letters, digits, '_', '-' and '.' that each end in '/'."
            ),
            new(
                options.AccessKey.Length == 0 == (options.SecretKey.Length == 0),
                nameof(options.AccessKey),
                "must be set together with SecretKey, or neither."
            ),
            new(
                files.Value.MaxFileBytes <= MaxBlobBytes,
                nameof(options.Bucket),
                $"cannot keep files of more than {MaxBlobBytes} bytes; lower FileStore:MaxFileBytes."
            ),
        ];

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
