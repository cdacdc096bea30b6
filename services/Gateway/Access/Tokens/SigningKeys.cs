using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace CodeInterpreter.Gateway.Access.Tokens;

/// <summary>Reads the public keys that verify tokens, from PEM files.</summary>
internal static class SigningKeys
{
    public static SecurityKey Read(string path)
    {
        var pem = File.ReadAllText(path);
        return TryRead(RSA.Create(), pem) is { } rsa
            ? new RsaSecurityKey(rsa)
            : new ECDsaSecurityKey(TryRead(ECDsa.Create(), pem) ?? throw new CryptographicException("The file has no such key."));
    }

    /// <summary>The reason why the file cannot be used; null if it can.</summary>
    public static string? WhyUnreadable(string path)
    {
        try
        {
            Read(path);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return exception.Message;
        }
    }

    private static T? TryRead<T>(T key, string pem)
        where T : AsymmetricAlgorithm
    {
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            key.Dispose();
            return null;
        }
    }
}
