using System.Text.Json.Nodes;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Tests.Http;
using CodeInterpreter.ServiceDefaults.Errors;
using Grpc.Core;

namespace CodeInterpreter.Gateway.Tests.Hosting;

/// <summary>What callers hear of a file whose bytes the store has lost: nothing that they have sent is wrong.</summary>
public sealed class FileContentLostTests : IAsyncLifetime
{
    private readonly TestDirectory _directory = new();
    private FileStoreHost _files = null!;
    private GatewayHost _gateway = null!;
    private string _fileId = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _files = await FileStoreHost.StartAsync(_directory.Path);
        _gateway = await GatewayHost.StartAsync(_files.Address);
        JsonObject file = await _gateway.Http.UploadAsync("u", "a.txt", "bytes"u8.ToArray());
        _fileId = file["file_id"]!.GetValue<string>();
        System.IO.File.Delete(Path.Combine(_directory.Path, "user_files", "u", _fileId));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _files.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Download_OverHttp_IsAnInternalError()
    {
        using var response = await _gateway.Http.GetAsync($"/v1/files/{_fileId}/content?user_id=u", Token);

        (await response.ShouldBeProblemAsync(500))["detail"]!.GetValue<string>().ShouldContain("lost");
    }

    [Fact]
    public async Task Download_ChangedBytesOverHttp_IsAnInternalError()
    {
        var path = Path.Combine(_directory.Path, "user_files", "u", _fileId);
        await System.IO.File.WriteAllTextAsync(path, "other", Token);

        using var response = await _gateway.Http.GetAsync($"/v1/files/{_fileId}/content?user_id=u", Token);

        (await response.ShouldBeProblemAsync(500))["detail"]!.GetValue<string>().ShouldContain("lost");
        response.Headers.ETag.ShouldBeNull();
    }

    [Fact]
    public async Task Download_OverGrpc_IsDataLossWithAReason()
    {
        using var call = _gateway.Files.Download(new DownloadRequest { UserId = "u", FileId = _fileId }, cancellationToken: Token);

        var failure = await Should.ThrowAsync<RpcException>(() => call.ResponseStream.MoveNext(Token));

        failure.StatusCode.ShouldBe(StatusCode.DataLoss);
        RpcErrors.ReasonOf(failure).ShouldBe("CONTENT_LOST");
    }
}
