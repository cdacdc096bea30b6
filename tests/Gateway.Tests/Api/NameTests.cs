using System.Net;
using System.Net.Http.Json;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.Gateway.Tests.Http;
using Google.Protobuf;
using Grpc.Core;

namespace CodeInterpreter.Gateway.Tests.Api;

/// <summary>One name for one thing over HTTP and gRPC; the names of before are still taken.</summary>
public sealed class NameTests(GatewayFixture fixture)
{
    private readonly string _user = GatewayFixture.NewUser();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private GatewayHost Gateway => fixture.Gateway;

    [Fact]
    public async Task FileRecord_HasTheNamesOfAResult_AndThoseOfBefore()
    {
        var overHttp = await Gateway.Http.UploadAsync(_user, "a.csv", "x,y\n"u8.ToArray());
        var overGrpc = await Gateway.Files.GetAsync(
            new GetFileRequest { UserId = _user, FileId = overHttp["file_id"]!.GetValue<string>() },
            cancellationToken: Token
        );

        foreach (var (size, type) in new[] { ("size", "type"), ("file_size", "file_type") })
            (overHttp[size]!.GetValue<long>(), overHttp[type]!.GetValue<string>()).ShouldBe((4, "data"));
        (overGrpc.Size, overGrpc.Type, overGrpc.FileSize, overGrpc.FileType).ShouldBe((4, "data", 4, "data"));
    }

    [Fact]
    public async Task ListFiles_TakesNewAndOldNames()
    {
        await Gateway.Http.UploadAsync(_user, "a.csv", "1"u8.ToArray());
        await Gateway.Http.UploadAsync(_user, "b.txt", "1"u8.ToArray());

        (await ListAsync(new ListFilesRequest { Type = "data" })).ShouldBe(["a.csv"]);
        (await ListAsync(new ListFilesRequest { FileType = "data" })).ShouldBe(["a.csv"]);
        (await ListAsync(new ListFilesRequest { Name = "b." })).ShouldBe(["b.txt"]);
        (await ListAsync(new ListFilesRequest { NameContains = "b." })).ShouldBe(["b.txt"]);
        (await Gateway.Http.GetFromJsonAsync<System.Text.Json.Nodes.JsonObject>($"/v1/files?user_id={_user}&type=data&name=a", Token))![
            "files"
        ]!
            .AsArray()
            .Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_ChecksTheAnnouncedSize_UnderBothNames(bool isNew)
    {
        var header = new UploadHeader { UserId = _user, Filename = "a.txt" };
        if (isNew)
            header.Size = 2;
        else
            header.FileSize = 2;
        using var upload = Gateway.Files.Upload(cancellationToken: Token);
        await upload.RequestStream.WriteAsync(new UploadRequest { Header = header }, Token);
        await upload.RequestStream.WriteAsync(new UploadRequest { Chunk = ByteString.CopyFromUtf8("1") }, Token);
        await upload.RequestStream.CompleteAsync();

        (await Should.ThrowAsync<RpcException>(async () => await upload)).StatusCode.ShouldBe(StatusCode.DataLoss);
    }

    [Fact]
    public async Task InlineFile_HasItsContentInData_OrInTheOldField()
    {
        var data = ByteString.CopyFromUtf8("1");

        await ExecuteAsync(new InlineFile { Filename = "new.txt", Data = data });
        await ExecuteAsync(new InlineFile { Filename = "old.txt", Content = data });
        var both = new InlineFile
        {
            Filename = "both.txt",
            Data = data,
            Content = data,
        };
        (await Should.ThrowAsync<RpcException>(() => ExecuteAsync(both))).Status.Detail.ShouldContain("files[0].content");

        var files = (await Gateway.Files.ListAsync(new ListFilesRequest { UserId = _user }, cancellationToken: Token)).Files;
        files.Select(file => (file.Filename, file.Size)).ShouldBe([("new.txt", 1), ("old.txt", 1)], ignoreOrder: true);
    }

    [Fact]
    public async Task WaitAndFollow_TakeNewAndOldNames()
    {
        var id = (await ExecuteAsync()).ExecutionId;

        foreach (
            var request in new[]
            {
                new WaitForExecutionRequest { WaitSeconds = 5 },
                new WaitForExecutionRequest { TimeoutSeconds = 5 },
            }
        )
        {
            (request.UserId, request.ExecutionId) = (_user, id);
            (await Gateway.Executions.WaitAsync(request, cancellationToken: Token)).Status.ShouldBe(ExecutionStatus.Finished);
        }

        foreach (
            var request in new[]
            {
                new FollowExecutionRequest { After = 2 },
                new FollowExecutionRequest { AfterSequence = 2 },
            }
        )
        {
            (request.UserId, request.ExecutionId) = (_user, id);
            using var events = Gateway.Executions.Follow(request, cancellationToken: Token);
            (await events.ResponseStream.MoveNext(Token)).ShouldBeTrue();
            events.ResponseStream.Current.Sequence.ShouldBe(3);
        }
    }

    [Theory]
    [InlineData("{user}", null, HttpStatusCode.OK)]
    [InlineData(null, "{user}", HttpStatusCode.OK)]
    [InlineData("{user}", "{user}", HttpStatusCode.OK)]
    [InlineData("{user}", "other", HttpStatusCode.BadRequest)]
    [InlineData(null, null, HttpStatusCode.BadRequest)]
    public async Task UserId_IsInTheBodyOrInTheQuery(string? inBody, string? inQuery, HttpStatusCode expected)
    {
        var file = await Gateway.Http.UploadAsync(_user, "a.txt", "1"u8.ToArray());
        var body = new { user_id = inBody?.Replace("{user}", _user), code = "1" };
        var query = inQuery is null ? "" : $"?user_id={inQuery.Replace("{user}", _user)}";

        using var executed = await Gateway.Http.PostAsync($"/v1/executions{query}", JsonContent.Create(body), Token);
        using var extended = await Gateway.Http.PostAsync(
            $"/v1/files/{file["file_id"]}/extend{query}",
            JsonContent.Create(new { body.user_id, lifetime_seconds = 60 }),
            Token
        );

        executed.StatusCode.ShouldBe(expected);
        extended.StatusCode.ShouldBe(expected);
        if (expected == HttpStatusCode.BadRequest)
            await executed.ShouldRefuseAsync("user_id");
    }

    private async Task<ExecutionResult> ExecuteAsync(params InlineFile[] files) =>
        await Gateway.Executions.ExecuteAsync(
            new ExecuteRequest
            {
                UserId = _user,
                Code = "1",
                Files = { files },
            },
            cancellationToken: Token
        );

    private async Task<IEnumerable<string>> ListAsync(ListFilesRequest request)
    {
        request.UserId = _user;
        return (await Gateway.Files.ListAsync(request, cancellationToken: Token)).Files.Select(file => file.Filename);
    }
}
