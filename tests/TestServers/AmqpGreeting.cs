namespace CodeInterpreter.TestServers;

/// <summary>Asks for AMQP 0-9-1 and waits for the server's <c>connection.start</c>.</summary>
internal sealed class AmqpGreeting : IServerProbe
{
    private const byte MethodFrame = 1;
    private static readonly byte[] ProtocolHeader = [.. "AMQP"u8, 0, 0, 9, 1];

    public async Task<bool> AnswersAsync(Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(ProtocolHeader, cancellationToken);
        var frameType = new byte[1];
        await stream.ReadExactlyAsync(frameType, cancellationToken);
        return frameType[0] == MethodFrame;
    }
}
