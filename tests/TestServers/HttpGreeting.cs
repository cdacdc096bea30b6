namespace CodeInterpreter.TestServers;

/// <summary>Asks for a page, whatever it is, and looks whether the answer is one of HTTP.</summary>
internal sealed class HttpGreeting : IServerProbe
{
    private static readonly byte[] Request = [.. "GET / HTTP/1.0\r\n\r\n"u8];
    private static readonly byte[] Protocol = [.. "HTTP/"u8];

    public async Task<bool> AnswersAsync(Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Request, cancellationToken);
        var answer = new byte[Protocol.Length];
        await stream.ReadExactlyAsync(answer, cancellationToken);
        return answer.AsSpan().SequenceEqual(Protocol);
    }
}
