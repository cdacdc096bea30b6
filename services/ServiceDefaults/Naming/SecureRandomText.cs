using System.Security.Cryptography;

namespace CodeInterpreter.ServiceDefaults.Naming;

/// <summary>Random text from the operating system's cryptographic generator.</summary>
public sealed class SecureRandomText : IRandomText
{
    /// <inheritdoc />
    public string Next(string alphabet, int length) => RandomNumberGenerator.GetString(alphabet, length);
}
