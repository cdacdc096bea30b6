using System.ComponentModel;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CodeInterpreter.Gateway.Environments;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Http.Access;
using CodeInterpreter.Gateway.Http.Queries;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace CodeInterpreter.Gateway.Http.Environments;

/// <summary>What the sandboxes have, over HTTP.</summary>
internal static class EnvironmentEndpoints
{
    private const string Text = "text";
    private const string TextType = "text/plain; charset=utf-8";

    // Authorization is checked for each request, so shared caches must not keep the answer; clients see an update of the runners within
    // half a minute.
    private const string Caching = "private, max-age=30";

    public static void MapEnvironmentEndpoints(this IEndpointRouteBuilder app) =>
        app.MapGroup("/v1/environment")
            .WithTags("Environment")
            .ProducesAccessProblems()
            .RefusesUnknownQueries()
            .MapGet("", Get)
            .WithName("GetEnvironment")
            .WithSummary("Ask what sandboxes have")
            .WithDescription(
                "Python and its packages, programs, fonts, locales, languages and limits, as JSON or as "
                    + "a text for the prompt of a model. While "
                    + "runners have different images, it is what all of these images have. 503: no runner has announced its image, which "
                    + "runners do every 5 seconds."
            )
            .Produces<EnvironmentBody>(contentType: MediaTypeNames.Application.Json, additionalContentTypes: MediaTypeNames.Text.Plain)
            .Produces(StatusCodes.Status304NotModified)
            .ProducesValidationProblem();

    private static FileContentHttpResult Get(
        [
            FromQuery(Name = "package"),
            Description("Leaves this package only, of all packages and of what is missing: the name that pip has for it.")
        ]
            string? package,
        [
            FromQuery(Name = "format"),
            Description("json, or text for the prompt of a model. Without it the header Accept decides; json by default.")
        ]
            string? format,
        HttpContext context,
        KnownEnvironments environments,
        IOptions<ExecutionOptions> limits,
        IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json
    )
    {
        var isText = WantsText(format, context.Request);
        var environment = environments.Get(package ?? "");
        var content = isText
            ? Encoding.UTF8.GetBytes(EnvironmentText.Of(environment, limits.Value))
            : JsonSerializer.SerializeToUtf8Bytes(EnvironmentBodyMapping.ToBody(environment, limits.Value), json.Value.SerializerOptions);
        context.Response.Headers.CacheControl = Caching;
        context.Response.Headers.Vary = HeaderNames.Accept;
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}\"");
        return TypedResults.Bytes(content, isText ? TextType : MediaTypeNames.Application.Json, entityTag: tag);
    }

    private static bool WantsText(string? format, HttpRequest request) =>
        format switch
        {
            Text => true,
            "json" => false,
            null or "" => request.GetTypedHeaders().Accept.OrderByDescending(type => type.Quality ?? 1).FirstOrDefault(IsOurs) is { } first
                && first.MediaType.Equals(MediaTypeNames.Text.Plain, StringComparison.OrdinalIgnoreCase),
            _ => throw GatewayException.Invalid("format", "must be json or text."),
        };

    private static bool IsOurs(MediaTypeHeaderValue type) =>
        type.MatchesAllTypes
        || type.MediaType.Equals(MediaTypeNames.Text.Plain, StringComparison.OrdinalIgnoreCase)
        || type.MediaType.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase);
}
