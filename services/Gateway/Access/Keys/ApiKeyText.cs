using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CodeInterpreter.Gateway.Access.Keys;

/// <summary>
/// An API key in full: <c>ci_{id}_{secret}</c>. The prefix lets scanners find leaked keys. The secret has 256 random bits, so that a plain
/// hash of it cannot be reversed by guessing.
/// </summary>
internal sealed partial record ApiKeyText(string KeyId, string Text)
{
    private const string Prefix = "ci_";
    private const int IdBytes = 8;
    private const int SecretBytes = 32;

    /// <summary>The stored part of the key.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    public static ApiKeyText Create()
    {
        var id = RandomNumberGenerator.GetHexString(2 * IdBytes, lowercase: true);
        return new ApiKeyText(id, $"{Prefix}{id}_{RandomNumberGenerator.GetHexString(2 * SecretBytes, lowercase: true)}");
    }

    /// <summary>Whether the text is meant to be a key; tokens begin otherwise.</summary>
    public static bool IsKey(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Null if the text does not have the form of a key.</summary>
    public static ApiKeyText? Read(string text) =>
        Form.Match(text) is { Success: true } match ? new ApiKeyText(match.Groups[1].Value, text) : null;

    /// <summary>Compares the hashes in constant time.</summary>
    public bool Is(ApiKey key) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Hash), Encoding.UTF8.GetBytes(key.Hash));

    /// <summary>The key without its secret, for logs.</summary>
    public override string ToString() => $"{Prefix}{KeyId}_...";

    [GeneratedRegex(@"\Aci_([0-9a-f]{16})_[0-9a-f]{64}\z")]
    private static partial Regex Form { get; }
}
