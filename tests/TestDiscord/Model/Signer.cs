using System.Text;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Security;

namespace CodeInterpreter.TestDiscord.Model;

/// <summary>The key pair with which Discord signs the interactions of an application.</summary>
internal sealed class Signer
{
    private readonly Ed25519PrivateKeyParameters _key = new(new SecureRandom());

    /// <summary>As the developer portal shows it: 64 hexadecimal digits.</summary>
    public string PublicKey => Convert.ToHexStringLower(_key.GeneratePublicKey().GetEncoded());

    /// <summary>The signature of a timestamp and a body, in hexadecimal digits.</summary>
    public string Sign(string timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes(timestamp), .. body];
        var signer = new Ed25519Signer();
        signer.Init(true, _key);
        signer.BlockUpdate(signed, 0, signed.Length);
        return Convert.ToHexStringLower(signer.GenerateSignature());
    }
}
