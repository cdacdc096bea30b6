namespace CodeInterpreter.Gateway.Tests.Fuzzing;

/// <summary>Values that callers should not send, and do. The same seed says the same.</summary>
internal sealed class HostileWords(int seed, params string[] known)
{
    private static readonly string[] Texts =
    [
        "",
        " ",
        ".",
        "..",
        "../x",
        "/x",
        "a/../../x",
        "..\\x",
        "%2e%2e%2f",
        "./x",
        "a//b",
        "x/",
        "\0",
        "\n",
        "a\u0000b",
        "\u202e",
        "\ud83d\ude42",
        "e\u0301",
        "'; DROP TABLE user_files; --",
        "{\"$gt\":\"\"}",
        "$where",
        "${jndi:ldap://x}",
        "<script>",
        "%s%n",
        "null",
        "true",
        "-1",
        "0",
        "1e400",
        "NaN",
        "Infinity",
        "99999999999999999999",
        "CON",
        "user",
        "u",
        "2025-01-01T00:00:00Z",
        "AAAA",
        "====",
        "_-_-",
        "\u00ff",
        "＇",
        "a\tb",
        "\"",
        "\\",
        "*",
        "?",
        "#",
        "&a=b",
        ";",
        "|",
        "`id`",
        "$(id)",
    ];

    private static readonly string[] Values =
    [
        "null",
        "true",
        "[]",
        "{}",
        "[[[[[[]]]]]]",
        "{\"a\":{\"a\":{}}}",
        "0",
        "-0",
        "-1",
        "1.5",
        "1e308",
        "-1e308",
        "1e-320",
        "9223372036854775807",
        "9223372036854775808",
        "123456789012345678901234567890",
        "\"\\ud800\"",
        "\"\\u0000\"",
        "[null]",
        "[1,\"a\"]",
        "{\"\":\"\"}",
        "\"5\"",
    ];

    public Random Random { get; } = new(seed);

    public string Text() =>
        Random.Next(12) switch
        {
            0 => new string((char)Random.Next(1, 0xD000), Random.Next(5000)),
            1 or 2 when known.Length > 0 => known[Random.Next(known.Length)],
            3 when known.Length > 0 => Damaged(known[Random.Next(known.Length)]),
            4 => string.Concat(Enumerable.Range(0, Random.Next(40)).Select(_ => (char)Random.Next(1, 0x250))),
            _ => Texts[Random.Next(Texts.Length)],
        };

    public string Json() => Random.Next(2) == 0 ? Values[Random.Next(Values.Length)] : System.Text.Json.JsonSerializer.Serialize(Text());

    /// <summary>A piece of a word is missing, doubled or another one.</summary>
    public string Damaged(string word)
    {
        if (word.Length == 0)
            return word;
        var at = Random.Next(word.Length);
        return Random.Next(4) switch
        {
            0 => word[..at],
            1 => word[..at] + word,
            2 => word[..at] + (char)Random.Next(1, 0x100) + word[(at + 1)..],
            _ => word[at..],
        };
    }
}
