using System.Net.Http.Json;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.Gateway.Tests.Http;
using CodeInterpreter.ServiceDefaults.Errors;
using Google.Protobuf;
using Grpc.Core;

namespace CodeInterpreter.Gateway.Tests.Executions;

/// <summary>Small files come with the result, whichever way that comes.</summary>
public sealed class IncludedDataTests(GatewayFixture fixture) : IAsyncLifetime
{
    private static readonly byte[] Content = [1, 2, 3];

    private readonly string _user = GatewayFixture.NewUser();
    private ExecuteRequest _request = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var stored = await fixture.Gateway.Http.UploadAsync(_user, "a.bin", Content);
        var file = new Contracts.GeneratedFile
        {
            FileId = stored["file_id"]!.GetValue<string>(),
            Filename = "a.bin",
            Type = "data",
            MimeType = "application/octet-stream",
            SizeBytes = Content.Length,
            Sha256 = new string('a', 64),
            ExpiresAt = DateTimeOffset.UtcNow,
        };
        var code = fixture.Gateway.Runner.AddResult(RunnerScript.Succeeded("") with { GeneratedFiles = [file] });
        _request = new ExecuteRequest
        {
            UserId = _user,
            Code = code,
            IncludeData = true,
        };
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task ExecuteStream_OverGrpc_FinishedEventHasIncludedData()
    {
        using var call = fixture.Gateway.Executions.ExecuteStream(_request, cancellationToken: Token);

        ShouldHaveIt((await call.ResponseStream.ReadAllAsync(Token).ToListAsync(Token))[^1].Finished);
    }

    [Fact]
    public async Task ExecuteStream_OverHttp_FinishedEventHasIncludedData()
    {
        using var response = await fixture.Gateway.Http.PostAsync(
            "/v1/executions/stream",
            JsonContent.Create(
                new
                {
                    user_id = _user,
                    code = _request.Code,
                    include_data = true,
                }
            ),
            Token
        );

        (await response.Content.ReadAsStringAsync(Token)).ShouldContain($"\"data\":\"{Convert.ToBase64String(Content)}\"");
    }

    [Fact]
    public async Task ExecuteInteractive_FinishedEventHasIncludedData()
    {
        using var call = fixture.Gateway.Executions.ExecuteInteractive(cancellationToken: Token);
        await call.RequestStream.WriteAsync(new InteractiveRequest { Start = _request }, Token);

        ShouldHaveIt((await call.ResponseStream.ReadAllAsync(Token).ToListAsync(Token))[^1].Finished);
    }

    [Fact]
    public async Task Submit_WithIncludedData_IsRefusedAndGetHasIt()
    {
        var refusal = await Should.ThrowAsync<RpcException>(async () => await fixture.Gateway.Executions.SubmitAsync(_request));
        var submitted = await fixture.Gateway.Executions.SubmitAsync(
            new ExecuteRequest(_request) { IncludeData = false },
            cancellationToken: Token
        );
        var (user, id) = (_user, submitted.ExecutionId);

        var waited = await fixture.Gateway.Executions.WaitAsync(
            new()
            {
                UserId = user,
                ExecutionId = id,
                TimeoutSeconds = 60,
                IncludeData = true,
            },
            cancellationToken: Token
        );
        var got = await fixture.Gateway.Executions.GetAsync(
            new()
            {
                UserId = user,
                ExecutionId = id,
                IncludeData = true,
            },
            cancellationToken: Token
        );
        var without = await fixture.Gateway.Executions.GetAsync(new() { UserId = user, ExecutionId = id }, cancellationToken: Token);
        using var overHttp = await fixture.Gateway.Http.GetAsync($"/v1/executions/{id}?user_id={user}&include_data=true", Token);

        RpcErrors.ViolationsOf(refusal).ShouldHaveSingleItem().Field.ShouldBe("include_data");
        ShouldHaveIt(waited.Result);
        ShouldHaveIt(got.Result);
        without.Result.GeneratedFiles.ShouldHaveSingleItem().HasData.ShouldBeFalse();
        var result = (await overHttp.ReadJsonAsync())["result"].ShouldNotBeNull();
        result["generated_files"]![0]!["data"]!.GetValue<string>().ShouldBe(Convert.ToBase64String(Content));
    }

    private static void ShouldHaveIt(Execution.V1.ExecutionResult result) =>
        result.GeneratedFiles.ShouldHaveSingleItem().Data.ShouldBe(ByteString.CopyFrom(Content));
}
