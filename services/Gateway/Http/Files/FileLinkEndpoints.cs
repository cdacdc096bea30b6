using System.ComponentModel;
using System.Net.Mime;
using CodeInterpreter.Gateway.Files;
using CodeInterpreter.Gateway.Files.Links;
using CodeInterpreter.Gateway.Http.Access;
using CodeInterpreter.Gateway.Http.Queries;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>Links to files over HTTP.</summary>
internal static class FileLinkEndpoints
{
    public static void MapFileLinkEndpoints(this IEndpointRouteBuilder app)
    {
        app.MapGroup("/v1/files")
            .WithTags("Files")
            .ProducesAccessProblems()
            .RefusesUnknownQueries()
            .MapPost("{file_id}/link", CreateAsync)
            .WithName("CreateFileLink")
            .WithSummary("Create a link to a file")
            .WithDescription("A temporary link with which a browser downloads the file without a key.")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status410Gone);
        app.MapMethods(FileLinks.Path + "/{file_id}", [HttpMethods.Get, HttpMethods.Head], DownloadAsync)
            .AllowAnonymous()
            .WithTags("Files")
            .WithName("DownloadByLink")
            .WithSummary("Download with a link")
            .WithDescription("The bytes of a file, or a range of them. The link is the only credential.")
            .Produces<Stream>(StatusCodes.Status206PartialContent, MediaTypeNames.Application.Octet)
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status416RangeNotSatisfiable)
            .Produces<Stream>(contentType: MediaTypeNames.Application.Octet)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status410Gone)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<FileLinkBody> CreateAsync(
        [FromRoute(Name = "file_id"), Description("The file's id.")] string fileId,
        [FromQuery(Name = "user_id"), Description(UserIds.Description)] string? userId,
        [FromQuery(Name = "ttl_seconds"), Description("How long the link is valid, 1 to 604800 seconds; an hour by default.")]
            string? ttlSeconds,
        HttpRequest request,
        FileLinks links,
        IOptions<FileLinkOptions> options,
        CancellationToken cancellationToken
    )
    {
        // In gRPC, 0 means not set; in a query it is invalid.
        var ttl = QueryValues.ReadWhole<int>("ttl_seconds", ttlSeconds) is { } seconds
            ? seconds == 0
                ? -1
                : seconds
            : 0;
        var link = await links.CreateAsync(userId ?? "", fileId, ttl, cancellationToken);
        var address = options.Value.BaseAddress ?? new Uri($"{request.Scheme}://{request.Host}");
        return new FileLinkBody { Url = link.UrlAt(address), ExpiresAt = link.ExpiresAt };
    }

    private static Task DownloadAsync(
        [FromRoute(Name = "file_id"), Description("The file's id.")] string fileId,
        [FromQuery(Name = "user_id"), Description("From the link.")] string? userId,
        [FromQuery(Name = "expires"), Description("From the link.")] string? expires,
        [FromQuery(Name = "signature"), Description("From the link.")] string? signature,
        HttpContext context,
        FileLinks links,
        FileContent content,
        CancellationToken cancellationToken
    )
    {
        links.Check(userId, fileId, expires, signature);
        return content.WriteAsync(context.Request, context.Response, userId ?? "", fileId, cancellationToken);
    }
}
