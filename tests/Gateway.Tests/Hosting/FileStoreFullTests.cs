using System.Net;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Tests.Http;
using CodeInterpreter.ServiceDefaults.Errors;
using CodeInterpreter.TestServers;
using Google.Protobuf;
using Grpc.Core;

namespace CodeInterpreter.Gateway.Tests.Hosting;

/// <summary>What callers hear of a file store whose disk is full.</summary>
public sealed class FileStoreFullTests : IAsyncLifetime
{
    private SmallDisk _disk = null!;
    private FileStoreHost _files = null!;
    private GatewayHost _gateway = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _disk = await SmallDisk.MountAsync(megabytes: 4);
        _files = await FileStoreHost.StartAsync(_disk.Path);
        _gateway = await GatewayHost.StartAsync(_files.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _files.DisposeAsync();
        await _disk.DisposeAsync();
    }

    [Fact]
    public async Task Upload_OverHttp_IsInsufficientStorageUntilThereIsSpace()
    {
        var kept = await _gateway.Http.UploadAsync("u", "kept.txt", "kept"u8.ToArray());
        _disk.Fill();

        using (var refusal = await UploadAsync())
        {
            await refusal.ShouldBeProblemAsync(507);
            (await refusal.Content.ReadAsStringAsync(Token)).ShouldContain("the operator has to provide space");
        }

        (await _gateway.Http.GetStringAsync($"/v1/files/{kept["file_id"]}/content?user_id=u", Token)).ShouldBe("kept");
        _disk.MakeRoom();
        using var accepted = await UploadAsync();
        accepted.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Upload_OverGrpc_IsResourceExhaustedWithAReason()
    {
        _disk.Fill();
        using var call = _gateway.Files.Upload(cancellationToken: Token);
        await call.RequestStream.WriteAsync(
            new UploadRequest
            {
                Header = new UploadHeader { UserId = "u", Filename = "a.bin" },
            },
            Token
        );
        await call.RequestStream.WriteAsync(new UploadRequest { Chunk = ByteString.CopyFrom(new byte[60_000]) }, Token);
        await call.RequestStream.CompleteAsync();

        var refusal = await Should.ThrowAsync<RpcException>(async () => await call.ResponseAsync);

        refusal.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        RpcErrors.ReasonOf(refusal).ShouldBe("STORAGE_FULL");
    }

    private async Task<HttpResponseMessage> UploadAsync()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[60_000]), "file", "a.bin" } };
        return await _gateway.Http.PostAsync("/v1/files?user_id=u", form, Token);
    }
}
