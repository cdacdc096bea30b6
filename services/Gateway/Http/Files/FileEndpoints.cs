using System.ComponentModel;
using System.Net.Mime;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Files;
using CodeInterpreter.Gateway.Http.Access;
using CodeInterpreter.Gateway.Http.Json;
using CodeInterpreter.Gateway.Http.Queries;
using CodeInterpreter.Gateway.Settings;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>Files over HTTP.</summary>
internal static class FileEndpoints
{
    public static void MapFileEndpoints(this IEndpointRouteBuilder app)
    {
        var maxUploadBytes = app.ServiceProvider.GetRequiredService<IOptions<GatewayOptions>>().Value.MaxUploadRequestBytes;
        var files = app.MapGroup("/v1/files").WithTags("Files").ProducesAccessProblems().RefusesUnknownQueries();
        files
            .MapPost("", UploadAsync)
            .WithName("UploadFiles")
            .WithSummary("Store files")
            .WithDescription(
                "Stores every part with a file name, all of them or none. Name the owner in a part `user_id` before the first file, or in "
                    + "the query. With `upload_id` you can repeat the call without creating a second file."
            )
            .WithMetadata(new RequestSizeLimitAttribute(maxUploadBytes))
            .Accepts<UploadForm>(MediaTypeNames.Multipart.FormData)
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status408RequestTimeout)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage);
        files
            .MapGet("", ListAsync)
            .WithName("ListFiles")
            .WithSummary("List files")
            .WithDescription("The user's files, uploaded and generated, newest first.")
            .ProducesValidationProblem();
        files
            .MapGet("usage", MeasureAsync)
            .WithName("MeasureFiles")
            .WithSummary("Get the usage of files")
            .WithDescription("The number and size of the user's files, and their limits.")
            .ProducesValidationProblem();
        files
            .MapPost("delete-expired", DeleteExpiredAsync)
            .WithName("DeleteExpiredFiles")
            .WithSummary("Remove expired files now")
            .WithDescription("Removes the user's expired files now instead of with the next sweep, and returns their number.")
            .ProducesValidationProblem();
        files
            .MapPost("{file_id}/extend", ExtendAsync)
            .WithName("ExtendFile")
            .WithSummary("Keep a file longer")
            .WithDescription(
                "Extends the lifetime of a file, counted from now, "
                    + "to at most 7 days unless the operator sets another limit. It never shortens "
                    + "it."
            )
            .Accepts<ExtendFileBody>(MediaTypeNames.Application.Json)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesFileProblems();
        files
            .MapGet("{file_id}", GetAsync)
            .WithName("GetFile")
            .WithSummary("Get a file's record")
            .WithDescription("The name, type, size, hash and expiry of a file.")
            .ProducesFileProblems();
        files
            .MapMethods("{file_id}/content", [HttpMethods.Get, HttpMethods.Head], DownloadAsync)
            .WithName("DownloadFile")
            .WithSummary("Download a file")
            .WithDescription(
                "The bytes of a file, always as an attachment, named after the last part of its path. `Range` requests a part of it, and "
                    + "`If-None-Match` with its `ETag` checks whether it has changed."
            )
            .Produces<Stream>(StatusCodes.Status206PartialContent, MediaTypeNames.Application.Octet)
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status416RangeNotSatisfiable)
            .Produces<Stream>(contentType: MediaTypeNames.Application.Octet)
            .ProducesFileProblems();
        files
            .MapDelete("{file_id}", DeleteAsync)
            .WithName("DeleteFile")
            .WithSummary("Delete a file")
            .WithDescription("Deletes one file at once.")
            .ProducesFileProblems();
    }

    private static void ProducesFileProblems(this RouteHandlerBuilder endpoint) =>
        endpoint.ProducesValidationProblem().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status410Gone);

    private static async Task<Created<UploadedFilesBody>> UploadAsync(
        HttpRequest request,
        [FromQuery(Name = "user_id"), Description(UserIds.Description)] string? userId,
        [
            FromQuery(Name = "upload_id"),
            Description(
                "A name that you choose for the upload of one file, at most 256 bytes. If you repeat the upload with the same name and "
                    + "content, it returns the stored file; with other content, the new file replaces it."
            )
        ]
            string? uploadId,
        [FromQuery(Name = "sha256"), Description("SHA-256 of one file in hexadecimal; other content is refused.")] string? sha256,
        MultipartUpload upload,
        CancellationToken cancellationToken
    )
    {
        var query = new UploadQuery(userId, string.IsNullOrEmpty(uploadId) ? null : uploadId, string.IsNullOrEmpty(sha256) ? null : sha256);
        var files = await upload.StoreAsync(request, query, cancellationToken);
        var body = new UploadedFilesBody { Files = [.. files.Select(FileBodyMapping.ToBody)] };
        return TypedResults.Created((string?)null, body);
    }

    private static async Task<FileListBody> ListAsync(
        [FromQuery(Name = "user_id"), Description(UserIds.Description)] string? userId,
        [FromQuery(Name = "execution_id"), Description("Only files that this execution wrote.")] string? executionId,
        [FromQuery(Name = "source"), Description("Only files of this source: uploaded or generated.")] string? source,
        [FromQuery(Name = "type"), Description("Only files of this category, such as image.")] string? type,
        [FromQuery(Name = "name"), Description("Only files whose name contains this text, in upper or lower case.")] string? name,
        [FromQuery(Name = "page_size"), Description("1 to 1000 files a page, 100 by default.")] string? pageSize,
        [FromQuery(Name = "page_token"), Description("`next_page_token` of the previous page.")] string? pageToken,
        FileStoreClient fileStore,
        CancellationToken cancellationToken
    )
    {
        var request = new ListFilesRequest
        {
            UserId = userId ?? "",
            ExecutionId = executionId ?? "",
            Source = ParseSource(source),
            FileType = type ?? "",
            NameContains = name ?? "",
            PageSize = QueryValues.ReadWhole<int>("page_size", pageSize) ?? 0,
            PageToken = pageToken ?? "",
        };
        return FileBodyMapping.ToBody(await fileStore.ListAsync(request, cancellationToken));
    }

    private static async Task<FileBody> GetAsync(
        [FromRoute(Name = "file_id"), Description("The file's id.")] string fileId,
        [FromQuery(Name = "user_id"), Description(UserIds.Description)] string? userId,
        FileStoreClient fileStore,
        CancellationToken cancellationToken
    )
    {
        var request = new GetFileRequest { UserId = userId ?? "", FileId = fileId };
        return FileBodyMapping.ToBody(await fileStore.GetAsync(request, cancellationToken));
    }

    private static Task DownloadAsync(
        [FromRoute(Name = "file_id"), Description("The file's id.")] string fileId,
        [FromQuery(Name = "user_id"), Description(UserIds.Description)] string? userId,
        HttpContext context,
        FileContent content,
        CancellationToken cancellationToken
    ) => content.WriteAsync(context.Request, context.Response, userId ?? "", fileId, cancellationToken);

    private static async Task<FileBody> ExtendAsync(
        [FromRoute(Name = "file_id"), Description("The file's id.")] string fileId,
        [FromQuery(Name = "user_id"), Description(UserIds.Description)] string? userId,
        HttpRequest request,
        JsonBodyReader bodies,
        FileStoreClient fileStore,
        CancellationToken cancellationToken
    )
    {
        var body = await bodies.ReadAsync<ExtendFileBody>(request, cancellationToken);
        var extend = new ExtendFileRequest
        {
            UserId = request.HttpContext.UserOf(body.UserId, userId),
            FileId = fileId,
            LifetimeSeconds = body.LifetimeSeconds ?? 0,
        };
        return FileBodyMapping.ToBody(await fileStore.ExtendAsync(extend, cancellationToken));
    }

    private static async Task<FileUsageBody> MeasureAsync(
        [FromQuery(Name = "user_id"), Description(UserIds.Description)] string? userId,
        FileStoreClient fileStore,
        CancellationToken cancellationToken
    )
    {
        var usage = await fileStore.MeasureAsync(new FileUsageRequest { UserId = userId ?? "" }, cancellationToken);
        return new FileUsageBody
        {
            Files = usage.Files,
            Bytes = usage.Bytes,
            MaxFiles = usage.MaxFiles == 0 ? null : usage.MaxFiles,
            MaxBytes = usage.MaxBytes == 0 ? null : usage.MaxBytes,
        };
    }

    private static async Task<DeletedFilesBody> DeleteExpiredAsync(
        [FromQuery(Name = "user_id"), Description(UserIds.Description)] string? userId,
        FileStoreClient fileStore,
        CancellationToken cancellationToken
    )
    {
        var request = new DeleteExpiredFilesRequest { UserId = userId ?? "" };
        return new DeletedFilesBody { Deleted = (await fileStore.DeleteExpiredAsync(request, cancellationToken)).Deleted };
    }

    private static async Task<NoContent> DeleteAsync(
        [FromRoute(Name = "file_id"), Description("The file's id.")] string fileId,
        [FromQuery(Name = "user_id"), Description(UserIds.Description)] string? userId,
        FileStoreClient fileStore,
        CancellationToken cancellationToken
    )
    {
        await fileStore.DeleteAsync(new DeleteFileRequest { UserId = userId ?? "", FileId = fileId }, cancellationToken);
        return TypedResults.NoContent();
    }

    private static FileSource ParseSource(string? source) =>
        source switch
        {
            null or "" => FileSource.Unspecified,
            "uploaded" => FileSource.Uploaded,
            "generated" => FileSource.Generated,
            _ => throw GatewayException.Invalid("source", "must be uploaded or generated."),
        };
}
