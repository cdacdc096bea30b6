using System.Net.Sockets;
using System.Text;
using CodeInterpreter.Gateway.Tests.Hosting;

namespace CodeInterpreter.Gateway.Tests.Http;

/// <summary>Requests whose end another reader would see elsewhere.</summary>
public sealed class FramingTests(GatewayFixture fixture)
{
    private const string Body = """{"user_id": "u", "code": "1"}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("+29", "HTTP/1.1 400")]
    [InlineData("-29", "HTTP/1.1 400")]
    [InlineData("0x1d", "HTTP/1.1 400")]
    [InlineData("29, 29", "HTTP/1.1 400")]
    [InlineData("99999999999999999999", "HTTP/1.1 400")]
    [InlineData("29", "HTTP/1.1 200")]
    public async Task Execute_ContentLength_MustBeDigits(string length, string status) =>
        (await SendAsync($"Content-Length: {length}", Body)).ShouldStartWith(status);

    [Theory]
    [InlineData("/v1/executions", "application/json")]
    [InlineData("/v1/executions/e/input?user_id=u", "application/json")]
    [InlineData("/v1/files/f/extend?user_id=u", "application/json")]
    [InlineData("/v1/files?user_id=u", "multipart/form-data; boundary=b")]
    public async Task AnyBody_ChunkWithAnOverflowingLength_IsABadRequest(string path, string contentType)
    {
        foreach (var size in (string[])["80000000", "ffffffff", "ffffffffffffffff", "zz", "-1"])
        {
            var answer = await SendAsync("Transfer-Encoding: chunked", $"{size}\r\nx\r\n0\r\n\r\n", path, contentType);

            answer.ShouldStartWith("HTTP/1.1 400", customMessage: $"{size}: {answer}");
        }
    }

    private async Task<string> SendAsync(
        string framing,
        string body,
        string path = "/v1/executions",
        string contentType = "application/json"
    )
    {
        using var client = new TcpClient();
        var address = fixture.Gateway.Http.BaseAddress!;
        await client.ConnectAsync(address.Host, address.Port, Token);
        var stream = client.GetStream();
        var head = $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\nContent-Type: {contentType}\r\n";
        var request = $"{head}{framing}\r\n\r\n{body}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Token);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(Token) ?? "";
    }
}
