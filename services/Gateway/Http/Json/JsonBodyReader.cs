using System.Text.Json;
using CodeInterpreter.Gateway.Access.Limits;
using CodeInterpreter.Gateway.Errors;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace CodeInterpreter.Gateway.Http.Json;

/// <summary>Reads request bodies, and says what is wrong with them in terms of the API.</summary>
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
        // The server says most of what is wrong with a body by itself, but not that the size of a chunk is beyond any number.
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            throw GatewayException.Invalid("body", "could not be read to its end.");
        }
    }

    /// <summary>The size of a body that does not announce it, as .NET's client sends them; of a large one, the part that has arrived.</summary>
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
