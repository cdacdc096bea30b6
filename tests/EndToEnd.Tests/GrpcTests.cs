using CodeInterpreter.Execution.V1;
using CodeInterpreter.Files.V1;
using Google.Protobuf;
using Grpc.Core;

namespace CodeInterpreter.EndToEnd.Tests;

public sealed class GrpcTests(StandaloneFixture product)
{
    private readonly string _user = StandaloneFixture.NewUser();
    private readonly ExecutionService.ExecutionServiceClient _executions = new(product.Grpc);
    private readonly FileService.FileServiceClient _files = new(product.Grpc);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UploadExecuteDownloadListDelete_WorkTogether()
    {
        using var upload = _files.Upload(cancellationToken: Token);
        await upload.RequestStream.WriteAsync(
            new UploadRequest
            {
                Header = new UploadHeader { UserId = _user, Filename = "in.csv" },
            },
            Token
        );
        await upload.RequestStream.WriteAsync(new UploadRequest { Chunk = ByteString.CopyFromUtf8("x\n1\n2\n") }, Token);
        await upload.RequestStream.CompleteAsync();
        var uploaded = await upload.ResponseAsync;

        var result = await _executions.ExecuteAsync(
            new ExecuteRequest
            {
                UserId = _user,
                Code =
                    "import csv\nrows = list(csv.DictReader(open('in.csv')))\n"
                    + "open('sum.txt', 'w').write(str(sum(int(r['x']) for r in rows)))",
                UserFiles = { uploaded.FileId },
            },
            cancellationToken: Token
        );

        (result.Success, result.Outcome).ShouldBe((true, Outcome.Succeeded), result.Error);
        var generated = result.GeneratedFiles.ShouldHaveSingleItem();
        (await DownloadAsync(generated.FileId)).ShouldBe("3");
        var list = await _files.ListAsync(new ListFilesRequest { UserId = _user }, cancellationToken: Token);
        list.Files.Select(file => (file.FileId, file.Source))
            .ShouldBe([(generated.FileId, FileSource.Generated), (uploaded.FileId, FileSource.Uploaded)], ignoreOrder: true);
        list.Files.ShouldAllBe(file => file.ExpiresAt.ToDateTime() - file.UploadedAt.ToDateTime() == TimeSpan.FromHours(48));

        await _files.DeleteAsync(new DeleteFileRequest { UserId = _user, FileId = uploaded.FileId }, cancellationToken: Token);
        var gone = await Should.ThrowAsync<RpcException>(() => DownloadAsync(uploaded.FileId));
        gone.StatusCode.ShouldBe(StatusCode.NotFound);
    }

    [Fact]
    public async Task Get_ReturnsTheResultAgain_ToItsOwnerOnly()
    {
        var result = await _executions.ExecuteAsync(
            new ExecuteRequest { UserId = _user, Code = "print('once')" },
            cancellationToken: Token
        );
        var request = new GetExecutionRequest { UserId = _user, ExecutionId = result.ExecutionId };

        Execution.V1.Execution execution;
        do execution = await _executions.GetAsync(request, cancellationToken: Token);
        while (execution.Status != ExecutionStatus.Finished);

        execution.Result.Output.ShouldBe("once\n");
        request.UserId = StandaloneFixture.NewUser();
        (
            await Should.ThrowAsync<RpcException>(async () => await _executions.GetAsync(request, cancellationToken: Token))
        ).StatusCode.ShouldBe(StatusCode.NotFound);
    }

    [Fact]
    public async Task Execute_WrongFields_AreNamed()
    {
        var refused = await Should.ThrowAsync<RpcException>(async () =>
            await _executions.ExecuteAsync(new ExecuteRequest { UserId = "a b", Code = "1" }, cancellationToken: Token)
        );

        refused.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        refused.Status.Detail.ShouldContain("user_id");
    }

    private async Task<string> DownloadAsync(string fileId)
    {
        using var download = _files.Download(new DownloadRequest { UserId = _user, FileId = fileId }, cancellationToken: Token);
        using var content = new MemoryStream();
        await foreach (var part in download.ResponseStream.ReadAllAsync(Token))
            part.Chunk?.WriteTo(content);
        return System.Text.Encoding.UTF8.GetString(content.ToArray());
    }
}
