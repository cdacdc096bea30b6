using System.Globalization;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Errors;

namespace CodeInterpreter.Gateway.Files.Links;

/// <summary>Makes links to files, and checks them.</summary>
internal sealed class FileLinks(FileStoreClient fileStore, LinkSigner signer, TimeProvider timeProvider)
{
    /// <summary>Where links lead, with the file's id behind it.</summary>
    public const string Path = "/v1/links";

    private const int DefaultSeconds = 3600;
    private const int MaxSeconds = 7 * 24 * 3600;

    /// <summary>Makes a link to a file of that user; 0 seconds are an hour.</summary>
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

    /// <summary>Lets a download pass that comes by a good link.</summary>
    /// <exception cref="GatewayException">It is forged or changed, which is not told apart, or has ended.</exception>
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
            throw new GatewayException(GatewayErrorKind.Expired, "The link has ended.");
        }
    }
}
