using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CodeInterpreter.ServiceDefaults.Trust;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Files.Links;

/// <summary>Signs links, so that nobody else can create or change one.</summary>
internal sealed class LinkSigner(IOptions<FileLinkOptions> options)
{
    private readonly SecretKeys _keys = SecretKeys.Read(options.Value) ?? RandomKeys();

    public string Sign(string userId, string fileId, long expires) => Sign(_keys.Key, userId, fileId, expires);

    /// <summary>Verifies a signature in constant time.</summary>
    public bool IsSigned(string userId, string fileId, long expires, string signature) =>
        _keys.Accepted.Any(key =>
            CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(Sign(key, userId, fileId, expires)),
                Encoding.UTF8.GetBytes(signature)
            )
        );

    // Valid ids have no line breaks, so the parts cannot be confused. The first line keeps signatures for other purposes apart.
    private static string Sign(byte[] key, string userId, string fileId, long expires) =>
        Base64Url.EncodeToString(
            HMACSHA256.HashData(
                key,
                Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"file link\n{userId}\n{fileId}\n{expires}"))
            )
        );

    private static SecretKeys RandomKeys()
    {
        var key = RandomNumberGenerator.GetBytes(SecretKeys.MinBytes);
        return new SecretKeys(key, [key]);
    }
}
