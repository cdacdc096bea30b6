using System.Text;
using NSec.Cryptography;

namespace CodeInterpreter.Discord.Tests.Platform.Http;

/// <summary>Signs as Discord does.</summary>
internal sealed class Signer : IDisposable
{
    private readonly Key _key = Key.Create(SignatureAlgorithm.Ed25519);

    /// <summary>In hexadecimal.</summary>
    public string PublicKey => Convert.ToHexStringLower(_key.PublicKey.Export(KeyBlobFormat.RawPublicKey));

    public string Sign(string timestamp, ReadOnlySpan<byte> body) =>
        Convert.ToHexStringLower(SignatureAlgorithm.Ed25519.Sign(_key, [.. Encoding.ASCII.GetBytes(timestamp), .. body]));

    public void Dispose() => _key.Dispose();
}
