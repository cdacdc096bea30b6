using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Net.Http.Headers;

namespace CodeInterpreter.ServiceDefaults.Hosting;

/// <summary>
/// Reads digits and nothing else. Kestrel takes <c>Content-Length: +58</c> for 58 where proxies refuse it or read something else; RFC 9112
/// lets only digits be a length, and to disagree about where a request ends is how requests are smuggled. Every other character is read as
/// one that Kestrel refuses.
/// </summary>
internal sealed class DigitsEncoding : Encoding
{
    private const char NoDigit = '?';

    private static readonly DigitsEncoding Instance = new();

    private DigitsEncoding() { }

    public static void RequireForContentLength(KestrelServerOptions kestrel) =>
        kestrel.RequestHeaderEncodingSelector = name =>
            name.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase) ? Instance : null;

    public override int GetCharCount(byte[] bytes, int index, int count) => count;

    public override int GetMaxCharCount(int byteCount) => byteCount;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        for (var i = 0; i < byteCount; i++)
        {
            var value = (char)bytes[byteIndex + i];
            chars[charIndex + i] = char.IsAsciiDigit(value) ? value : NoDigit;
        }

        return byteCount;
    }

    public override int GetByteCount(char[] chars, int index, int count) => count;

    public override int GetMaxByteCount(int charCount) => charCount;

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        ASCII.GetBytes(chars, charIndex, charCount, bytes, byteIndex);
}
