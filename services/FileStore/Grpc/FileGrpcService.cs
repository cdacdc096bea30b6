using CodeInterpreter.Files.V1;
using CodeInterpreter.FileStore.Access;
using CodeInterpreter.FileStore.Catalog;
using CodeInterpreter.FileStore.Expiry;
using CodeInterpreter.FileStore.Settings;
using Grpc.Core;
using Microsoft.Extensions.Options;
using V1 = CodeInterpreter.Files.V1;

namespace CodeInterpreter.FileStore.Grpc;

/// <summary>The file store over gRPC; see <c>files.proto</c>.</summary>
internal sealed class FileGrpcService(
    FileCatalog catalog,
    ExpiredFileSweeper sweeper,
    FileInstruments instruments,
    StreamDeadlines deadlines,
    IOptions<FileStoreOptions> options
) : FileService.FileServiceBase
{
    public override async Task<V1.File> Upload(IAsyncStreamReader<UploadRequest> requestStream, ServerCallContext context)
    {
        using var deadline = deadlines.Watch(options.Value.UploadIdleTimeout, context.CancellationToken);
        var upload = new UploadReader(requestStream, deadline);
        var header = await upload.ReadHeaderAsync();
        var permission = Permission.Of(context);
        permission.RequireUpload(header);
        var file = header.ToNewFile() with { Budget = permission.Budget };
        await using var incoming = await catalog.ReceiveAsync(file, context.CancellationToken);
        await foreach (var chunk in upload.ReadChunksAsync())
        {
            await incoming.AppendAsync(chunk, context.CancellationToken);
            instruments.Received(chunk.Length);
        }

        return (await catalog.StoreAsync(incoming, context.CancellationToken)).ToMessage();
    }

    public override async Task Download(
        DownloadRequest request,
        IServerStreamWriter<DownloadResponse> responseStream,
        ServerCallContext context
    )
    {
        RequestValidation.Check(request);
        Permission.Of(context).RequireInput(request.UserId, request.FileId);
        await using var content = await catalog.OpenAsync(
            request.UserId,
            request.FileId,
            request.Offset,
            request.Length,
            context.CancellationToken
        );
        using var deadline = deadlines.Watch(options.Value.DownloadIdleTimeout, context.CancellationToken);
        await new DownloadWriter(responseStream, deadline, instruments).WriteAsync(content, context.CancellationToken);
    }

    public override async Task<V1.File> Get(GetFileRequest request, ServerCallContext context)
    {
        RequestValidation.Check(request);
        Permission.Of(context).RequireInput(request.UserId, request.FileId);
        return (await catalog.GetAsync(request.UserId, request.FileId, context.CancellationToken)).ToMessage();
    }

    public override async Task<ListFilesResponse> List(ListFilesRequest request, ServerCallContext context)
    {
        var after = RequestValidation.Check(request);
        Permission.Of(context).RequireOutputs(request.UserId, request.ExecutionId);
        var count = request.PageSize == 0 ? RequestValidation.DefaultPageSize : request.PageSize;
        return (await catalog.ListAsync(request.ToQuery(), after, count, context.CancellationToken)).ToMessage();
    }

    public override async Task<V1.File> Extend(ExtendFileRequest request, ServerCallContext context)
    {
        RequestValidation.Check(request, options.Value.MaxLifetime);
        Permission.Of(context).RequireService();
        var lifetime = TimeSpan.FromSeconds(request.LifetimeSeconds);
        return (await catalog.ExtendAsync(request.UserId, request.FileId, lifetime, context.CancellationToken)).ToMessage();
    }

    public override async Task<DeleteExpiredFilesResponse> DeleteExpired(DeleteExpiredFilesRequest request, ServerCallContext context)
    {
        RequestValidation.CheckUser(request.UserId);
        Permission.Of(context).RequireService();
        var deleted = await sweeper.RemoveExpiredAsync(request.UserId, context.CancellationToken);
        if (request.Forget)
            await catalog.ForgetExpiredAsync(request.UserId, context.CancellationToken);
        return new DeleteExpiredFilesResponse { Deleted = deleted };
    }

    public override async Task<V1.FileUsage> Usage(FileUsageRequest request, ServerCallContext context)
    {
        RequestValidation.CheckUser(request.UserId);
        Permission.Of(context).RequireService();
        var usage = await catalog.MeasureAsync(request.UserId, context.CancellationToken);
        return new V1.FileUsage
        {
            Files = usage.Files,
            Bytes = usage.Bytes,
            MaxFiles = options.Value.MaxUserFiles,
            MaxBytes = options.Value.MaxUserBytes,
        };
    }

    public override async Task<DeleteFileResponse> Delete(DeleteFileRequest request, ServerCallContext context)
    {
        RequestValidation.Check(request);
        var permission = Permission.Of(context);
        if (permission.IsLimited)
        {
            // Before the look-up, whose answer would tell which files others have.
            permission.RequireUser(request.UserId);
            var file = await catalog.GetAsync(request.UserId, request.FileId, context.CancellationToken);
            permission.RequireOutputs(file.UserId, file.ExecutionId);
        }

        await catalog.DeleteAsync(request.UserId, request.FileId, context.CancellationToken);
        return new DeleteFileResponse();
    }
}
