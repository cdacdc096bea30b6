using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using CodeInterpreter.Runner.Sandboxes;

namespace CodeInterpreter.Runner.Tests.Executions;

/// <summary>
/// A sandbox taken over by a hostile program: what it says is random, and often nearly right. The same seed says the same.
/// </summary>
internal sealed class LyingChannel(int seed) : ISandboxEngine
{
    private const int HonestTalk = 9;
    private const string Ready = """{"protocol":1,"profile":"bare","python":"3"}""";

    /// <summary>The first of these are what an honest sandbox says, the others what it could say as well.</summary>
    private static readonly (char Type, string Payload)[] Honest =
    [
        ('S', "{}"),
        ('O', "hello"),
        ('E', "warning"),
        ('X', ExitReports.FiveBytes),
        ('F', """{"path":"a.txt","size":2,"modified_from":null}"""),
        ('D', "hi"),
        ('H', """{"sha256":"8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4"}"""),
        ('N', """{"path":"link","reason":"link","size":1}"""),
        ('Z', """{"files":1,"skipped":1}"""),
        ('H', """{"error":"unreadable"}"""),
        ('!', """{"message":"broken"}"""),
        ('R', Ready),
    ];

    private static readonly string[] Words =
    [
        "null",
        "-1",
        "1e308",
        "99999999999999999999",
        "\"\"",
        "\"../../etc/passwd\"",
        "\"/etc/passwd\"",
        "\"a\\u0000b\"",
        "\"a/../../b\"",
        "[]",
        "{}",
        "true",
        "\"\\ud800\"",
        "9223372036854775807",
        "\"" + new string('x', 5000) + "\"",
        "{\"a\":{\"a\":{\"a\":{}}}}",
        "NaN",
        "2",
    ];

    private readonly ConcurrentDictionary<SandboxProfile, int> _started = new();

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<int> SweepAsync(CancellationToken cancellationToken) => Task.FromResult(0);

    // Several are started at a time, in any order.
    public Task<ISandbox> StartAsync(SandboxProfile profile, CancellationToken cancellationToken)
    {
        var number = _started.AddOrUpdate(profile, 1, (_, before) => before + 1);
        return Task.FromResult<ISandbox>(new Talker(new Random((seed * 1000) + ((int)profile * 100) + number)).Create());
    }

    private sealed class Talker(Random random)
    {
        public Sandbox Create()
        {
            using var greeting = new MemoryStream();
            if (random.Next(20) > 0)
                Say(greeting, 'R', Ready);
            else
                SayAnything(greeting);
            return new Sandbox(greeting.ToArray(), Talk(), random.Next());
        }

        private byte[] Talk()
        {
            using var talk = new MemoryStream();
            // An honest execution up to a point, so that every state is met, its end included.
            for (var i = 0; i < HonestTalk && random.Next(12) > 0; i++)
                Say(talk, Honest[i].Type, Honest[i].Payload);
            for (var i = random.Next(12); i > 0; i--)
                SayAnything(talk);
            var said = talk.ToArray();
            // A sandbox may die in the middle of a word.
            return random.Next(3) == 0 ? said[..random.Next(said.Length + 1)] : said;
        }

        private void SayAnything(MemoryStream talk)
        {
            var (type, payload) = Honest[random.Next(Honest.Length)];
            switch (random.Next(7))
            {
                case 0:
                    Say(talk, (char)random.Next(256), payload);
                    break;
                case 1:
                    Say(talk, type, Changed(payload));
                    break;
                case 2:
                    Say(talk, type, payload, announced: random.Next());
                    break;
                case 3:
                    Say(talk, type, payload, announced: random.Next(payload.Length + 8));
                    break;
                case 4:
                    var noise = new byte[random.Next(300)];
                    random.NextBytes(noise);
                    talk.Write(noise);
                    break;
                case 5:
                    Say(talk, type, new string((char)random.Next(1, 0x3000), random.Next(70_000)));
                    break;
                default:
                    Say(talk, type, payload);
                    break;
            }
        }

        /// <summary>A value of the report is another one, or a piece of it is missing or doubled.</summary>
        private string Changed(string payload)
        {
            var colon = payload.IndexOf(':', random.Next(payload.Length));
            if (colon > 0 && random.Next(4) > 0)
            {
                var end = payload.IndexOfAny([',', '}'], colon);
                return end < 0 ? payload[..(colon + 1)] : payload[..(colon + 1)] + Words[random.Next(Words.Length)] + payload[end..];
            }

            var at = random.Next(payload.Length);
            return random.Next(2) == 0 ? payload[..at] : payload[..at] + payload;
        }
    }

    private static void Say(Stream talk, char type, string payload, int? announced = null)
    {
        var bytes = Encoding.UTF8.GetBytes(payload);
        Span<byte> header = [(byte)type, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(header[1..], announced ?? bytes.Length);
        talk.Write(header);
        talk.Write(bytes);
    }

    private sealed class Sandbox(byte[] greeting, byte[] talk, int seed) : ISandbox
    {
        public string Name => "lying";

        public Stream Channel { get; } = new Pieces(greeting, talk, new Random(seed));

        public Task<bool> LimitAsync(long? memoryBytes, int? processes, CancellationToken cancellationToken) => Task.FromResult(true);

        public Task<SandboxFailureCause> FindCauseAsync() => Task.FromResult(SandboxFailureCause.Unknown);

        public Task LeaveAsync() => Task.CompletedTask;

        public ValueTask DisposeAsync() => Channel.DisposeAsync();
    }

    /// <summary>What is said arrives in pieces of any size, most of it when the code is to start; what it is told goes nowhere.</summary>
    private sealed class Pieces(byte[] greeting, byte[] talk, Random random) : MemoryStream([.. greeting, .. talk])
    {
        private readonly TaskCompletionSource _executing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly bool _waits = random.Next(10) > 0;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position == greeting.Length && _waits)
                await _executing.Task.WaitAsync(cancellationToken);
            var most = Position < greeting.Length ? greeting.Length - (int)Position : random.Next(1, 4096);
            return await base.ReadAsync(buffer[..Math.Min(buffer.Length, most)], cancellationToken);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.Span[0] == (byte)'X')
                _executing.TrySetResult();
            return ValueTask.CompletedTask;
        }
    }
}
