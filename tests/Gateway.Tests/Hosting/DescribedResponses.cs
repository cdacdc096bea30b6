using System.Net;
using NJsonSchema;
using NSwag;

namespace CodeInterpreter.Gateway.Tests.Hosting;

/// <summary>Fails a test if a response of the HTTP API is not as the gateway's own OpenAPI document says.</summary>
internal sealed class DescribedResponses() : DelegatingHandler(new SocketsHttpHandler())
{
    // Before a request reaches its operation, or when the service itself fails.
    private static readonly HttpStatusCode[] OfNoOperation =
    [
        HttpStatusCode.MethodNotAllowed,
        HttpStatusCode.MisdirectedRequest,
        HttpStatusCode.RequestHeaderFieldsTooLarge,
        HttpStatusCode.RequestUriTooLong,
        HttpStatusCode.InternalServerError,
    ];

    private OpenApiDocument? _document;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (request.RequestUri!.AbsolutePath.StartsWith("/v1/", StringComparison.Ordinal))
            await CheckAsync(request, response, cancellationToken);
        return response;
    }

    private async Task CheckAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        _document ??= await ReadAsync(request.RequestUri!);
        if (_document is null || OperationOf(_document, request) is not { } operation || request.Method == HttpMethod.Head)
            return;

        // The server itself closes the connection after a request that it cannot read.
        if (response.Headers.ConnectionClose == true && response.Content.Headers.ContentType is null)
            return;

        var what = $"{request.Method} {request.RequestUri!.PathAndQuery}: {(int)response.StatusCode}";
        if (!operation.ActualResponses.TryGetValue($"{(int)response.StatusCode}", out var described))
        {
            OfNoOperation.ShouldContain(response.StatusCode, $"{what} is not described");
            described = operation.ActualResponses["default"];
        }

        var type = response.Content.Headers.ContentType?.MediaType;
        if (type is null)
        {
            described.Content.ShouldBeEmpty($"{what} has no content");
            return;
        }

        // The type of a file is that of its content.
        if (described.Content.ContainsKey("application/octet-stream"))
            return;
        described.Content.Keys.ShouldContain(type, what);
        if (!type.EndsWith("json", StringComparison.Ordinal))
            return;
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        described.Content[type].Schema.ActualSchema.Validate(body, SchemaType.OpenApi3).ShouldBeEmpty($"{what} {body}");
    }

    /// <summary>The document; null at an address that is not for the API.</summary>
    private async Task<OpenApiDocument?> ReadAsync(Uri address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/openapi/v1.json"));
        using var response = await base.SendAsync(request, CancellationToken.None);
        return response.IsSuccessStatusCode ? await OpenApiDocument.FromJsonAsync(await response.Content.ReadAsStringAsync()) : null;
    }

    /// <summary>The operation of a request; literal parts of a path go before parameters.</summary>
    private static OpenApiOperation? OperationOf(OpenApiDocument document, HttpRequestMessage request)
    {
        var parts = request.RequestUri!.AbsolutePath.Trim('/').Split('/');
        return document
            .Operations.Where(operation =>
                operation.Method.Equals(request.Method.Method, StringComparison.OrdinalIgnoreCase) && Matches(operation.Path, parts)
            )
            .OrderBy(operation => operation.Path.Count(letter => letter == '{'))
            .FirstOrDefault()
            ?.Operation;
    }

    private static bool Matches(string template, string[] parts)
    {
        var expected = template.Trim('/').Split('/');
        return expected.Length == parts.Length
            && expected.Zip(parts).All(pair => pair.First.StartsWith('{') ? pair.Second.Length > 0 : pair.First == pair.Second);
    }
}
