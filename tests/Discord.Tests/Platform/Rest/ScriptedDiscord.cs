using System.Globalization;
using System.Net;
using System.Text;

namespace CodeInterpreter.Discord.Tests.Platform.Rest;

/// <summary>Answers calls in the order of a script and remembers them; after its end with 200.</summary>
internal sealed class ScriptedDiscord(TimeProvider time) : HttpMessageHandler
{
    private readonly Queue<Func<HttpResponseMessage>> _script = new();
    private readonly DateTimeOffset _begin = time.GetUtcNow();

    public List<Call> Calls { get; } = [];

    /// <summary>Adds an answer with headers such as <c>X-RateLimit-Remaining: 0</c>.</summary>
    public ScriptedDiscord Then(int status, string body = """{"id":"9"}""", params string[] headers)
    {
        _script.Enqueue(() =>
        {
            var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8) };
            foreach (var header in headers)
                response.Headers.TryAddWithoutValidation(header.Split(": ")[0], header.Split(": ")[1]).ShouldBeTrue();
            return response;
        });
        return this;
    }

    /// <summary>Adds an attempt that fails before there is an answer.</summary>
    public ScriptedDiscord ThenFails(HttpRequestError error)
    {
        _script.Enqueue(() => throw new HttpRequestException(error));
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var body = request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : "";
        Calls.Add(
            new Call(
                $"{request.Method} {request.RequestUri!.AbsolutePath}",
                request.Headers.Authorization?.ToString(),
                request.Content?.Headers.ContentType?.MediaType,
                body,
                Math.Round((time.GetUtcNow() - _begin).TotalSeconds, 3)
            )
        );
        return _script.TryDequeue(out var next)
            ? next()
            : new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"id":"9"}""") };
    }

    /// <summary>A call: method and path, and the seconds from the beginning.</summary>
    internal sealed record Call(string Line, string? Authorization, string? ContentType, string Body, double Seconds)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seconds} {Line}");
    }
}
