using System.Globalization;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Errors;

namespace CodeInterpreter.Gateway.Files.Links;

/// <summary>Creates and verifies links to files.</summary>
internal sealed class FileLinks(FileStoreClient fileStore, LinkSigner signer, TimeProvider timeProvider)
{
    /// <summary>The path of all links, followed by the id of the file.</summary>
    public const string Path = "/v1/links";

    private const int DefaultSeconds = 3600;
    private const int MaxSeconds = 7 * 24 * 3600;

    /// <summary>Creates a link to a file of the user; 0 seconds mean an hour.</summary>
    public async Task<FileLink> CreateAsync(string userId, string fileId, int seconds, CancellationToken cancellationToken)
    {
        if (seconds is < 0 or > MaxSeconds)
        {
            throw GatewayException.Invalid("ttl_seconds", $"must be 1 to {MaxSeconds}.");
        }

        var file = await fileStore.GetAsync(new GetFileRequest { UserId = userId, FileId = fileId }, cancellationToken);
        var wanted = timeProvider.GetUtcNow().AddSeconds(seconds == 0 ? DefaultSeconds : seconds);
        var end = file.ExpiresAt.ToDateTimeOffset();
        var expires = (wanted < end ? wanted : end).ToUnixTimeSeconds();
        var path = string.Create(
            CultureInfo.InvariantCulture,
            $"{Path}/{file.FileId}?user_id={userId}&expires={expires}&signature={signer.Sign(userId, file.FileId, expires)}"
        );
        return new FileLink(path, DateTimeOffset.FromUnixTimeSeconds(expires));
    }

    /// <summary>Verifies a link.</summary>
    /// <exception cref="GatewayException">The link is forged, changed or expired.</exception>
    public void Check(string? userId, string fileId, string? expires, string? signature)
    {
        if (
            !long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var moment)
            || !signer.IsSigned(userId ?? "", fileId, moment, signature ?? "")
        )
        {
            throw new GatewayException(GatewayErrorKind.Forbidden, "The link is not valid.");
        }

        if (moment <= timeProvider.GetUtcNow().ToUnixTimeSeconds())
        {
            throw new GatewayException(GatewayErrorKind.Expired, "The link has expired.");
        }
    }
}
