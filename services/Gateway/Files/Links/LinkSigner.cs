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
    private readonly byte[] _key = options.Value.ReadKey() ?? RandomNumberGenerator.GetBytes(SecretKey.MinBytes);

    public string Sign(string userId, string fileId, long expires) => Base64Url.EncodeToString(SignatureOf(userId, fileId, expires));

    /// <summary>Verifies a signature in constant time.</summary>
    public bool IsSigned(string userId, string fileId, long expires, string signature) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(userId, fileId, expires)), Encoding.UTF8.GetBytes(signature));

    // Valid ids have no line breaks, so the parts cannot be confused. The first line keeps signatures for other purposes apart.
    private byte[] SignatureOf(string userId, string fileId, long expires) =>
        HMACSHA256.HashData(
            _key,
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"file link\n{userId}\n{fileId}\n{expires}"))
        );
}
