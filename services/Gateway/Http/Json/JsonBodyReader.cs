using System.Text.Json;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Limits;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace CodeInterpreter.Gateway.Http.Json;

/// <summary>Reads request bodies, and reports errors in them in terms of the API.</summary>
internal sealed class JsonBodyReader(IOptions<JsonOptions> options, LargeRequests largeRequests)
{
    public async Task<T> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken)
        where T : class
    {
        RequireJson(request);
        try
        {
            await largeRequests.EnterAsync(request.HttpContext, request.ContentLength ?? await SizeOfAsync(request, cancellationToken));
            return await JsonSerializer.DeserializeAsync<T>(request.Body, options.Value.SerializerOptions, cancellationToken)
                ?? throw GatewayException.Invalid("body", "must be a JSON object.");
        }
        catch (JsonException exception)
        {
            throw GatewayException.Invalid(JsonErrors.Describe(exception, typeof(T), options.Value.SerializerOptions));
        }
        // The server reports most errors in the framing of a body itself, but not a chunk size that overflows.
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            throw GatewayException.Invalid("body", "could not be read to its end.");
        }
    }

    /// <summary>
    /// The size of a body without Content-Length, as .NET's client sends it; for a large body, that of the received part.
    /// </summary>
    private static async Task<long> SizeOfAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var beginning = await request.BodyReader.ReadAtLeastAsync(LargeRequests.LargeBytes, cancellationToken);
        request.BodyReader.AdvanceTo(beginning.Buffer.Start);
        return beginning.Buffer.Length;
    }

    private static void RequireJson(HttpRequest request)
    {
        var isJson =
            request.HasJsonContentType()
            && MediaTypeHeaderValue.TryParse(request.ContentType, out var mediaType)
            && (
                !mediaType.Charset.HasValue
                || HeaderUtilities.RemoveQuotes(mediaType.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            );
        if (!isJson)
        {
            throw new GatewayException(GatewayErrorKind.UnsupportedMediaType, "The body must be application/json in UTF-8.");
        }
    }
}
