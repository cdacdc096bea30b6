using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CodeInterpreter.ServiceDefaults.Trust;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Files.Links;

/// <summary>Signs links, so that nobody else can make one or change what it is for.</summary>
internal sealed class LinkSigner(IOptions<FileLinkOptions> options)
{
    private readonly byte[] _key = options.Value.ReadKey() ?? RandomNumberGenerator.GetBytes(SecretKey.MinBytes);

    public string Sign(string userId, string fileId, long expires) => Base64Url.EncodeToString(SignatureOf(userId, fileId, expires));

    /// <summary>Whether it is the signature of exactly that. It takes equally long wherever they differ.</summary>
    public bool IsSigned(string userId, string fileId, long expires, string signature) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(userId, fileId, expires)), Encoding.UTF8.GetBytes(signature));

    // None of the parts can have a line break in it where a file is found; the first line says what the signature is good for.
    private byte[] SignatureOf(string userId, string fileId, long expires) =>
        HMACSHA256.HashData(
            _key,
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"file link\n{userId}\n{fileId}\n{expires}"))
        );
}
