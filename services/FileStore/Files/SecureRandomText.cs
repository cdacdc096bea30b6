using System.Security.Cryptography;

namespace CodeInterpreter.FileStore.Files;

/// <summary>Random text from the operating system's cryptographic generator.</summary>
internal sealed class SecureRandomText : IRandomText
{
    public string Next(string alphabet, int length) => RandomNumberGenerator.GetString(alphabet, length);
}
