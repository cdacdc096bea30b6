using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;

namespace CodeInterpreter.FileStore.Tests.Blobs;

/// <summary>Stands before an S3 store, and refuses what a test says: instead of the store, or after it has done it.</summary>
internal sealed class S3Proxy : IAsyncDisposable
{
    private readonly HttpClient _store = new();
    private readonly WebApplication _app;

    private S3Proxy(Uri store)
    {
        _store.BaseAddress = store;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>The status that a request gets which the store never sees; null for none.</summary>
    public Func<HttpRequest, int?> Refusal { get; set; } = _ => null;

    /// <summary>The status that a request gets which the store has carried out; null for the store's own.</summary>
    public Func<HttpRequest, int?> LostAnswer { get; set; } = _ => null;

    public string Url => _app.Urls.Single();

    public static async Task<S3Proxy> StartAsync(string store)
    {
        var proxy = new S3Proxy(new Uri(store));
        await proxy._app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _store.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (Refusal(context.Request) is { } refusal)
        {
            context.Response.StatusCode = refusal;
            return;
        }

        using var answer = await ForwardAsync(context.Request);
        if (LostAnswer(context.Request) is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.Headers.ETag = answer.Headers.ETag?.ToString();
        await answer.Content.CopyToAsync(context.Response.Body);
    }

    private Task<HttpResponseMessage> ForwardAsync(HttpRequest request)
    {
        var forwarded = new HttpRequestMessage(new HttpMethod(request.Method), request.GetEncodedPathAndQuery());
        if (request.ContentLength > 0)
        {
            forwarded.Content = new StreamContent(request.Body) { Headers = { ContentLength = request.ContentLength } };
        }

        forwarded.Headers.TryAddWithoutValidation("Authorization", request.Headers.Authorization.ToString());
        return _store.SendAsync(forwarded);
    }
}
