using System.Net;

namespace CodeInterpreter.Discord.Tests.Bot;

/// <summary>Discord's hosts for attachments, by address.</summary>
internal sealed class AttachmentServer : HttpMessageHandler
{
    public Dictionary<string, Func<HttpResponseMessage>> Answers { get; } = [];

    /// <summary>The addresses that were called.</summary>
    public List<string> Called { get; } = [];

    /// <summary>Serves a file there.</summary>
    public void Serve(string url, byte[] content) =>
        Answers[url] = () => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(content) };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var url = request.RequestUri!.AbsoluteUri;
        lock (Called)
            Called.Add(url);
        return Task.FromResult(Answers.TryGetValue(url, out var answer) ? answer() : new HttpResponseMessage(HttpStatusCode.NotFound));
    }
}
