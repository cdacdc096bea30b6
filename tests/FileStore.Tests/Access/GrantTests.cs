using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using CodeInterpreter.Files.V1;
using CodeInterpreter.FileStore.Telemetry;
using CodeInterpreter.FileStore.Tests.Hosting;
using CodeInterpreter.ServiceDefaults.Trust;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Options;
using static CodeInterpreter.Files.V1.FileService;

namespace CodeInterpreter.FileStore.Tests.Access;

/// <summary>What a store does for whom, when it has a key.</summary>
public sealed class GrantTests : IAsyncLifetime
{
    private static readonly string Key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private RunningFileStore _store = null!;
    private MetricCollector<long> _refused = null!;
    private FileServiceClient _gateway = null!;
    private string _input = "";

    public async ValueTask InitializeAsync()
    {
        _store = await RunningFileStore.StartAsync(("Trust:Key", Key));
        _refused = new MetricCollector<long>(
            _store.Services.GetRequiredService<IMeterFactory>(),
            FileStoreTelemetry.Name,
            "code_interpreter.file_store.calls.refused"
        );
        _gateway = Showing(TokensWith(Key).ForService());
        _input = (await _gateway.UploadAsync("in.txt", "input"u8.ToArray())).FileId;
    }

    public async ValueTask DisposeAsync()
    {
        _refused.Dispose();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Grant_OfAnExecution_AllowsItsInputsAndOutputs()
    {
        var execution = Showing(Grant());

        (await execution.DownloadAsync(_input)).Content.ShouldBe("input"u8.ToArray());
        var output = await execution.UploadAsync(Output(), [1, 2, 3]);
        var listed = await execution.ListAsync(
            new ListFilesRequest { UserId = "alice", ExecutionId = "e1" },
            cancellationToken: TestContext.Current.CancellationToken
        );
        await execution.DeleteFileAsync(output.FileId);

        listed.Files.ShouldHaveSingleItem().FileId.ShouldBe(output.FileId);
        (await _gateway.ListFilesAsync()).Files.ShouldHaveSingleItem().FileId.ShouldBe(_input);
        Refusals().ShouldBeEmpty();
    }

    [Fact]
    public async Task Grant_OfAnExecution_AllowsNothingElse()
    {
        var other = await _gateway.UploadAsync("other.txt", [1]);
        var foreign = await _gateway.UploadAsync("foreign.txt", [1], userId: "bob");
        var execution = Showing(Grant());

        Func<Task>[] calls =
        [
            () => execution.DownloadAsync(other.FileId),
            () => execution.GetFileAsync(other.FileId),
            () => execution.DownloadAsync(foreign.FileId, "bob"),
            () => execution.DownloadAsync(_input, "bob"),
            () => execution.UploadAsync(Output(executionId: "e2"), [1]),
            () => execution.UploadAsync(Output(userId: "bob"), [1]),
            () => execution.UploadAsync("uploaded.txt", [1]),
            () => execution.DeleteFileAsync(_input),
            () => execution.DeleteFileAsync(foreign.FileId, "bob"),
            () => execution.DeleteFileAsync("bob_1_aaaaaaaaaaaaaaaa", "bob"),
            () => execution.ListFilesAsync(),
            () => execution.ListAsync(new ListFilesRequest { UserId = "alice", ExecutionId = "e2" }).ResponseAsync,
            () => execution.ListAsync(new ListFilesRequest { UserId = "bob", ExecutionId = "e1" }).ResponseAsync,
            () =>
                execution
                    .ExtendAsync(
                        new ExtendFileRequest
                        {
                            UserId = "alice",
                            FileId = _input,
                            LifetimeSeconds = 60,
                        }
                    )
                    .ResponseAsync,
            () => execution.UsageAsync(new FileUsageRequest { UserId = "alice" }).ResponseAsync,
            () => execution.DeleteExpiredAsync(new DeleteExpiredFilesRequest { UserId = "alice" }).ResponseAsync,
        ];
        foreach (var call in calls)
            await RpcAssert.FailsAsync(StatusCode.PermissionDenied, call);

        Refusals().ShouldBe(Enumerable.Repeat("not_granted", calls.Length));
        (await _gateway.ListFilesAsync()).Files.Select(file => file.FileId).ShouldBe([_input, other.FileId], ignoreOrder: true);
    }

    [Fact]
    public async Task Grant_UploadIdOfAnotherFile_IsRefused()
    {
        var header = Output(executionId: "e2");
        header.UploadId = "e2/a";
        var output = await _gateway.UploadAsync(header, [1]);
        var uploaded = await _gateway.UploadAsync(
            new UploadHeader
            {
                UserId = "alice",
                Filename = "a",
                UploadId = "e2/a",
            },
            [1]
        );
        var hostile = Output();
        hostile.UploadId = "e2/a";

        var same = await Showing(Grant()).UploadAsync(hostile, [1]);
        var other = await Showing(Grant()).UploadAsync(hostile, [2]);

        same.ExecutionId.ShouldBe("e1");
        (await _gateway.ListFilesAsync())
            .Files.Select(file => file.FileId)
            .ShouldBe([_input, output.FileId, uploaded.FileId, other.FileId], ignoreOrder: true);
        (await _gateway.DownloadAsync(output.FileId)).Content.ShouldBe([1]);
    }

    [Fact]
    public async Task Grant_FilesBeyondItsLimits_AreRefused()
    {
        var execution = Showing(Grant(maxFiles: 3, maxBytes: 100));
        await execution.UploadAsync(Output("a"), new byte[60]);

        var tooBig = await RpcAssert.FailsAsync(StatusCode.ResourceExhausted, () => execution.UploadAsync(Output("b"), new byte[41]));
        await execution.UploadAsync(Output("b"), new byte[20]);
        await execution.UploadAsync(Output("c"), new byte[20]);
        var tooMany = await RpcAssert.FailsAsync(StatusCode.ResourceExhausted, () => execution.UploadAsync(Output("d"), []));

        tooBig.ShouldContain("60 of 100 bytes");
        tooMany.ShouldContain("3 of 3 files");
        await Showing(Grant(executionId: "e2", maxFiles: 1, maxBytes: 100)).UploadAsync(Output("a", executionId: "e2"), new byte[60]);
    }

    [Fact]
    public async Task Grant_AfterItsExpiry_IsRefused()
    {
        var execution = Showing(Grant());
        await execution.DownloadAsync(_input);

        _store.Time.Advance(TimeSpan.FromMinutes(11));

        await RpcAssert.FailsAsync(StatusCode.Unauthenticated, () => execution.DownloadAsync(_input));
        Refusals().ShouldBe(["expired"]);
    }

    [Fact]
    public async Task Call_WithoutAValidToken_IsRefused()
    {
        var good = Grant()!;
        var changed = Reword(good, "\"alice\"", "\"bobby\"");
        var unsigned = good[..(good.LastIndexOf('.') + 1)];

        await RpcAssert.FailsAsync(StatusCode.Unauthenticated, () => _store.Client.DownloadAsync(_input));
        foreach (var token in (string?[])[TokensWith(NewKey()).ForService(), changed, unsigned, "none", good + "x"])
        {
            await RpcAssert.FailsAsync(StatusCode.Unauthenticated, () => Showing(token).DownloadAsync(_input));
            await RpcAssert.FailsAsync(StatusCode.Unauthenticated, () => Showing(token).UploadAsync(Output(), [1]));
        }

        Refusals().ShouldBe(["missing", .. Enumerable.Repeat("forged", 10)]);
        (await _gateway.ListFilesAsync()).Files.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task ServiceToken_IsRenewedBeforeItExpires()
    {
        var tokens = TokensWith(Key);
        var first = tokens.ForService();
        _store.Time.Advance(TimeSpan.FromMinutes(1));
        tokens.ForService().ShouldBe(first);

        _store.Time.Advance(TimeSpan.FromMinutes(10));

        await RpcAssert.FailsAsync(StatusCode.Unauthenticated, () => Showing(first).GetFileAsync(_input));
        (await Showing(tokens.ForService()).GetFileAsync(_input)).FileId.ShouldBe(_input);
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>The same token with other claims and its old signature.</summary>
    private static string Reword(string token, string said, string instead)
    {
        var parts = token.Split('.');
        var claims = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]));
        claims.ShouldContain(said);
        parts[1] = System.Buffers.Text.Base64Url.EncodeToString(
            System.Text.Encoding.UTF8.GetBytes(claims.Replace(said, instead, StringComparison.Ordinal))
        );
        return string.Join('.', parts);
    }

    private static UploadHeader Output(string filename = "out.txt", string userId = "alice", string executionId = "e1") =>
        new()
        {
            UserId = userId,
            Filename = filename,
            Source = FileSource.Generated,
            ExecutionId = executionId,
        };

    private string? Grant(string executionId = "e1", long maxFiles = 10, long maxBytes = 1000) =>
        TokensWith(Key)
            .ForExecution(new ExecutionGrant("alice", executionId, [_input], maxFiles, maxBytes, _store.Time.GetUtcNow().AddMinutes(10)));

    private TrustTokens TokensWith(string key) => new(Options.Create(new TrustOptions { Key = key }), _store.Time);

    private FileServiceClient Showing(string? token) =>
        new(
            _store.Channel.Intercept(metadata =>
            {
                metadata.Add("authorization", "Bearer " + token);
                return metadata;
            })
        );

    private IEnumerable<string?> Refusals() => _refused.GetMeasurementSnapshot().Select(count => (string?)count.Tags["reason"]);
}
