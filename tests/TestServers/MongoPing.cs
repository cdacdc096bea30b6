using System.Buffers.Binary;

namespace CodeInterpreter.TestServers;

/// <summary>Sends the command <c>ping</c> and looks for <c>ok: 1.0</c> in the reply.</summary>
internal sealed class MongoPing : IServerProbe
{
    private const int HeaderLength = 16;
    private const int MaxReplyLength = 1024 * 1024;

    // Length, id, no request it answers, operation 2013; flags and kind of section; { ping: 1, $db: "admin" }.
    private static readonly byte[] Ping =
    [
        51,
        0,
        0,
        0,
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0xDD,
        7,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        30,
        0,
        0,
        0,
        0x10,
        .. "ping\0"u8,
        1,
        0,
        0,
        0,
        2,
        .. "$db\0"u8,
        6,
        0,
        0,
        0,
        .. "admin\0"u8,
        0,
    ];

    private static readonly byte[] Ok = [1, .. "ok\0"u8, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F];

    public async Task<bool> AnswersAsync(Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Ping, cancellationToken);
        var header = new byte[HeaderLength];
        await stream.ReadExactlyAsync(header, cancellationToken);
        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (length is < HeaderLength or > MaxReplyLength)
            return false;
        var reply = new byte[length - HeaderLength];
        await stream.ReadExactlyAsync(reply, cancellationToken);
        return reply.AsSpan().IndexOf(Ok) >= 0;
    }
}
