using System.Text.Json;
using CodeInterpreter.Runner.Docker;

namespace CodeInterpreter.Runner.Tests.Docker;

/// <summary>Which sockets the kernel is asked for, and what the filter answers in its place for all others.</summary>
public sealed class SeccompProfileTests
{
    private const int Allowed = 0,
        Eperm = 1,
        ProtocolNotSupported = 93,
        TypeNotSupported = 94,
        NotSupported = 95,
        FamilyNotSupported = 97;
    private const int Unix = 1,
        Internet = 2,
        Internet6 = 10,
        Stream = 1,
        Datagram = 2,
        Raw = 3,
        Tcp = 6,
        Udp = 17;

    private static readonly IReadOnlyList<Rule> Rules = Read();

    [Fact]
    public void Socket_OnlyUnixTcpAndUdp_ReachTheKernel()
    {
        foreach (var family in Enumerable.Range(0, 64))
        foreach (var type in Enumerable.Range(0, 16))
        foreach (var flags in (int[])[0, 0x80800])
        foreach (var protocol in Enumerable.Range(0, 300))
        {
            Answer("socket", family, type | flags, protocol)
                .ShouldBe(Expected(family, type, protocol), $"socket({family}, {type}, {protocol})");
        }
    }

    [Fact]
    public void SocketPair_OnlyUnix_ReachesTheKernel()
    {
        foreach (var family in Enumerable.Range(0, 64))
        {
            var expected = family switch
            {
                0 => FamilyNotSupported,
                Unix => Allowed,
                _ => NotSupported,
            };
            Answer("socketpair", family, Stream, 0).ShouldBe(expected, $"socketpair({family})");
        }
    }

    private static int Expected(int family, int type, int protocol) =>
        (family, type, protocol) switch
        {
            (Unix, _, _) => Allowed,
            (not (Internet or Internet6), _, _) => FamilyNotSupported,
            (_, Stream, 0 or Tcp) or (_, Datagram, 0 or Udp) => Allowed,
            (_, Stream or Datagram, _) => ProtocolNotSupported,
            // As for any program without the capability.
            (_, Raw, _) => Eperm,
            _ => TypeNotSupported,
        };

    /// <summary>What all rules that fit say; the default where none does. Rules that contradict each other have no order.</summary>
    private static int Answer(string name, params int[] arguments)
    {
        var answers = Rules
            .Where(rule => rule.Name == name && rule.Conditions.All(condition => condition.Fits(arguments)))
            .Select(rule => rule.Answer)
            .Distinct()
            .ToArray();
        answers.Length.ShouldBeLessThanOrEqualTo(1, $"{name}({string.Join(", ", arguments)})");
        return answers.Length == 0 ? Eperm : answers[0];
    }

    private static List<Rule> Read()
    {
        using var profile = JsonDocument.Parse(DockerSandboxEngine.SeccompProfile);
        profile.RootElement.GetProperty("defaultAction").GetString().ShouldBe("SCMP_ACT_ERRNO");
        return
        [
            .. from entry in profile.RootElement.GetProperty("syscalls").EnumerateArray()
            from name in entry.GetProperty("names").EnumerateArray()
            select new Rule(
                name.GetString()!,
                entry.GetProperty("action").GetString() == "SCMP_ACT_ALLOW" ? Allowed : entry.GetProperty("errnoRet").GetInt32(),
                entry.TryGetProperty("args", out var conditions) ? [.. conditions.EnumerateArray().Select(Condition.Of)] : []
            ),
        ];
    }

    private sealed record Rule(string Name, int Answer, IReadOnlyList<Condition> Conditions);

    private sealed record Condition(int Index, long Value, long ValueTwo, string Comparison)
    {
        public static Condition Of(JsonElement json) =>
            new(
                json.GetProperty("index").GetInt32(),
                json.GetProperty("value").GetInt64(),
                json.TryGetProperty("valueTwo", out var second) ? second.GetInt64() : 0,
                json.GetProperty("op").GetString()!
            );

        public bool Fits(int[] arguments) =>
            Comparison switch
            {
                "SCMP_CMP_EQ" => arguments[Index] == Value,
                "SCMP_CMP_GT" => arguments[Index] > Value,
                "SCMP_CMP_MASKED_EQ" => (arguments[Index] & Value) == ValueTwo,
                _ => throw new NotSupportedException(Comparison),
            };
    }
}
