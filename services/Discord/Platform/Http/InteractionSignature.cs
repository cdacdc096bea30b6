using System.Globalization;
using NSec.Cryptography;

namespace CodeInterpreter.Discord.Platform.Http;

/// <summary>Discord's signature of a call: Ed25519 over the timestamp and the body as it was sent.</summary>
internal sealed class InteractionSignature
{
    private const int SignatureDigits = 128;
    private const int MaxTimestampDigits = 12;

    private readonly PublicKey _key;

    private InteractionSignature(PublicKey key) => _key = key;

    /// <summary>Checks signatures with the key, 64 hexadecimal digits; null where it is no key.</summary>
    public static InteractionSignature? WithKey(string key)
    {
        Span<byte> bytes = stackalloc byte[SignatureAlgorithm.Ed25519.PublicKeySize];
        if (key.Length != 2 * bytes.Length || Convert.FromHexString(key, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
            return null;
        return PublicKey.TryImport(SignatureAlgorithm.Ed25519, bytes, KeyBlobFormat.RawPublicKey, out var imported)
            ? new InteractionSignature(imported!)
            : null;
    }

    /// <summary>The moment that a timestamp names, in seconds since 1970; null where it is none.</summary>
    public static DateTimeOffset? TimeOf(string timestamp) =>
        timestamp.Length is > 0 and <= MaxTimestampDigits
        && long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(Math.Min(seconds, DateTimeOffset.MaxValue.ToUnixTimeSeconds()))
            : null;

    /// <summary>Whether Discord has signed the bytes: the timestamp, and behind it the body.</summary>
    public bool IsOf(ReadOnlySpan<byte> timestampAndBody, string signature)
    {
        Span<byte> bytes = stackalloc byte[SignatureDigits / 2];
        return signature.Length == SignatureDigits
            && Convert.FromHexString(signature, bytes, out _, out _) == System.Buffers.OperationStatus.Done
            && SignatureAlgorithm.Ed25519.Verify(_key, timestampAndBody, bytes);
    }
}
