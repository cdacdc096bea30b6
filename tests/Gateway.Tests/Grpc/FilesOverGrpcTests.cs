using System.Security.Cryptography;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.ServiceDefaults.Errors;
using Google.Protobuf;
using Grpc.Core;
using StoredFile = CodeInterpreter.Files.V1.File;

namespace CodeInterpreter.Gateway.Tests.Grpc;

public sealed class FilesOverGrpcTests(GatewayFixture fixture)
{
    private const int ChunkBytes = 64 * 1024;

    private readonly string _user = GatewayFixture.NewUser();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FileService.FileServiceClient Files => fixture.Gateway.Files;

    [Fact]
    public async Task Download_UploadedFile_HasItsRecordAndBytes()
    {
        var content = RandomNumberGenerator.GetBytes(5 * ChunkBytes + 1);
        var header = Header("a.bin");
        header.FileSize = content.Length;
        header.Sha256 = Convert.ToHexStringLower(SHA256.HashData(content));

        var file = await UploadAsync(header, content);
        var (record, bytes) = await DownloadAsync(file.FileId, offset: 0);

        record.ShouldBe(file);
        bytes.ShouldBe(content);
        file.Source.ShouldBe(FileSource.Uploaded);
    }

    [Fact]
    public async Task Download_WithOffset_BeginsThere()
    {
        var file = await UploadAsync(Header("a.txt"), "0123456789"u8.ToArray());

        var (_, bytes) = await DownloadAsync(file.FileId, offset: 7);

        bytes.ShouldBe("789"u8.ToArray());
    }

    [Fact]
    public async Task Download_OffsetAfterTheEnd_IsOutOfRange()
    {
        var file = await UploadAsync(Header("a.txt"), "0"u8.ToArray());

        var exception = await Should.ThrowAsync<RpcException>(() => DownloadAsync(file.FileId, offset: 2));

        exception.StatusCode.ShouldBe(StatusCode.OutOfRange);
    }

    [Fact]
    public async Task Upload_OtherContentThanAnnounced_IsDataLossAndStoresNothing()
    {
        var header = Header("a.txt");
        header.Sha256 = new string('0', 64);

        var exception = await Should.ThrowAsync<RpcException>(() => UploadAsync(header, "1"u8.ToArray()));

        exception.StatusCode.ShouldBe(StatusCode.DataLoss);
        (await ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_FileAboveTheLimit_IsResourceExhausted()
    {
        var exception = await Should.ThrowAsync<RpcException>(() => UploadAsync(Header("a.bin"), new byte[FileStoreHost.MaxFileBytes + 1]));

        exception.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
    }

    [Fact]
    public async Task Upload_RefusedByItsHeader_IsAnsweredBeforeTheRestArrives()
    {
        using var call = Files.Upload(cancellationToken: Token);
        await call.RequestStream.WriteAsync(new UploadRequest { Header = Header("../a.txt") }, Token);

        var exception = await Should.ThrowAsync<RpcException>(async () => await call);

        exception.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        RpcErrors.ViolationsOf(exception).ShouldHaveSingleItem().Field.ShouldBe("header.filename");
    }

    [Fact]
    public async Task Upload_CancelledHalfWay_StoresNothing()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var call = Files.Upload(cancellationToken: cancellation.Token);
        await call.RequestStream.WriteAsync(new UploadRequest { Header = Header("a.txt") }, Token);
        await call.RequestStream.WriteAsync(new UploadRequest { Chunk = ByteString.CopyFromUtf8("1") }, Token);

        await cancellation.CancelAsync();

        (await Should.ThrowAsync<RpcException>(async () => await call)).StatusCode.ShouldBe(StatusCode.Cancelled);
        (await ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_ClaimingToBeGenerated_IsRefused()
    {
        var generated = Header("a.txt");
        generated.Source = FileSource.Generated;
        var ofAnExecution = Header("a.txt");
        ofAnExecution.ExecutionId = "x";

        (await ViolationAsync(generated)).ShouldBe("header.source");
        (await ViolationAsync(ofAnExecution)).ShouldBe("header.execution_id");
    }

    [Fact]
    public async Task Delete_UploadedFile_IsNotFoundAfterwards()
    {
        var file = await UploadAsync(Header("a.txt"), []);
        var request = new DeleteFileRequest { UserId = _user, FileId = file.FileId };

        await Files.DeleteAsync(request, cancellationToken: Token);

        (await Should.ThrowAsync<RpcException>(() => DownloadAsync(file.FileId, 0))).StatusCode.ShouldBe(StatusCode.NotFound);
    }

    [Fact]
    public async Task Get_AnotherUsersFile_IsNotFound()
    {
        var file = await UploadAsync(Header("a.txt"), []);
        var request = new GetFileRequest { UserId = GatewayFixture.NewUser(), FileId = file.FileId };

        var exception = await Should.ThrowAsync<RpcException>(async () => await Files.GetAsync(request));

        exception.StatusCode.ShouldBe(StatusCode.NotFound);
    }

    private UploadHeader Header(string filename) => new() { UserId = _user, Filename = filename };

    private async Task<string> ViolationAsync(UploadHeader header)
    {
        var exception = await Should.ThrowAsync<RpcException>(() => UploadAsync(header, []));
        return RpcErrors.ViolationsOf(exception).ShouldHaveSingleItem().Field;
    }

    private async Task<StoredFile> UploadAsync(UploadHeader header, byte[] content)
    {
        using var call = Files.Upload(cancellationToken: Token);
        try
        {
            await call.RequestStream.WriteAsync(new UploadRequest { Header = header }, Token);
            foreach (var chunk in content.Chunk(ChunkBytes))
            {
                await call.RequestStream.WriteAsync(new UploadRequest { Chunk = ByteString.CopyFrom(chunk) }, Token);
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (RpcException)
        {
            // The service has answered early; what, is in the response.
        }

        return await call;
    }

    private async Task<(StoredFile Record, byte[] Bytes)> DownloadAsync(string fileId, long offset)
    {
        var request = new DownloadRequest
        {
            UserId = _user,
            FileId = fileId,
            Offset = offset,
        };
        using var call = Files.Download(request, cancellationToken: Token);
        var parts = new List<DownloadResponse>();
        await foreach (var part in call.ResponseStream.ReadAllAsync(Token))
        {
            parts.Add(part);
        }

        return (parts[0].File, [.. parts.Skip(1).SelectMany(part => part.Chunk)]);
    }

    private async Task<IReadOnlyList<StoredFile>> ListAsync() =>
        (await Files.ListAsync(new ListFilesRequest { UserId = _user }, cancellationToken: Token)).Files;
}
