using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CodeInterpreter.Gateway.Access.Keys;

/// <summary>
/// A key as its holder has it: <c>ci_{id}_{secret}</c>. The beginning lets scanners of leaked secrets find it; the secret has 256 random
/// bits, so that a plain hash of it cannot be reversed by trying.
/// </summary>
internal sealed partial record ApiKeyText(string KeyId, string Text)
{
    private const int IdBytes = 8;
    private const int SecretBytes = 32;

    /// <summary>What is kept of it.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    public static ApiKeyText Create()
    {
        var id = RandomNumberGenerator.GetHexString(2 * IdBytes, lowercase: true);
        return new ApiKeyText(id, $"ci_{id}_{RandomNumberGenerator.GetHexString(2 * SecretBytes, lowercase: true)}");
    }

    /// <summary>Null when the text is no key.</summary>
    public static ApiKeyText? Read(string text) =>
        Form.Match(text) is { Success: true } match ? new ApiKeyText(match.Groups[1].Value, text) : null;

    /// <summary>Whether it is that key. It takes equally long wherever they differ.</summary>
    public bool Is(ApiKey key) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Hash), Encoding.UTF8.GetBytes(key.Hash));

    /// <summary>Without the secret, wherever it may be written.</summary>
    public override string ToString() => $"ci_{KeyId}_...";

    [GeneratedRegex(@"\Aci_([0-9a-f]{16})_[0-9a-f]{64}\z")]
    private static partial Regex Form { get; }
}
