using System.Net;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Access.Keys;
using CodeInterpreter.Gateway.Tests.Access;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.Gateway.Tests.Http;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Gateway.Tests.Files.Links;

/// <summary>Links to files, at gateways that ask everybody else who calls.</summary>
public sealed class FileLinkTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly FakeLoggerProvider _log = new();
    private FileStoreHost _fileStore = null!;
    private GatewayHost _gateway = null!;
    private string _fileId = "";
    private DateTimeOffset _fileExpiresAt;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _fileStore = await FileStoreHost.StartAsync();
        _gateway = await StartAsync();
        var file = await _gateway.Http.UploadAsync("alice", "dir/page.html", "<script>"u8.ToArray());
        _fileId = file["file_id"]!.GetValue<string>();
        _fileExpiresAt = file["expires_at"]!.GetValue<DateTimeOffset>();
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _fileStore.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task Link_IsDownloadedWithoutAKeyWithTheSameSafeHeaders()
    {
        var (url, expiresAt) = await CreateAsync();

        using var response = await OpenAsync(url);

        expiresAt.ShouldBe(_time.GetUtcNow().AddHours(1), TimeSpan.FromSeconds(1));
        url.GetLeftPart(UriPartial.Authority).ShouldBe(_gateway.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync(Token)).ShouldBe("<script>");
        response.Content.Headers.ContentDisposition!.ToString().ShouldStartWith("attachment; filename=page.html");
        response.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        response.Headers.GetValues("Content-Security-Policy").ShouldBe(["sandbox; default-src 'none'"]);
        response.Headers.CacheControl!.Private.ShouldBeTrue();
    }

    [Fact]
    public async Task Link_ChangedInAnyPart_IsForbidden()
    {
        var other = (await _gateway.Http.UploadAsync("alice", "b.txt", []))["file_id"]!.GetValue<string>();
        var url = (await CreateAsync()).Url.ToString();
        string[] changed =
        [
            url.Replace("user_id=alice", "user_id=bob"),
            url.Replace(_fileId, other),
            url.Replace("expires=", "expires=1"),
            url.Replace("expires=", "expires=-"),
            url.Replace("expires=", "expires=x"),
            url[..^1] + (url[^1] == 'A' ? 'E' : 'A'),
            url[..^1],
            url[..url.IndexOf('?')],
            url + "&user_id=bob",
        ];

        var problems = new HashSet<string>();
        foreach (var link in changed)
        {
            using var response = await OpenAsync(new Uri(link));
            problems.Add((await response.ShouldBeProblemAsync(403)).ToJsonString());
        }

        problems.Count.ShouldBe(1, "What is wrong is not told.");
    }

    [Fact]
    public async Task Link_AfterItsExpiry_IsForbidden()
    {
        var (url, expiresAt) = await CreateAsync("&ttl_seconds=60");
        _time.Advance(expiresAt - _time.GetUtcNow() - TimeSpan.FromSeconds(1));
        using (var before = await OpenAsync(url))
            before.StatusCode.ShouldBe(HttpStatusCode.OK);

        _time.Advance(TimeSpan.FromSeconds(1));

        using var after = await OpenAsync(url);
        await after.ShouldBeProblemAsync(410);
    }

    [Fact]
    public async Task Link_ExpiresWithItsFileAtTheLatest()
    {
        var (_, expiresAt) = await CreateAsync("&ttl_seconds=604800");

        expiresAt.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(_fileExpiresAt.ToUnixTimeSeconds()));
    }

    [Fact]
    public async Task Link_ToADeletedFile_IsNotFound()
    {
        var (url, _) = await CreateAsync();
        using var deleted = await _gateway.Http.DeleteAsync($"/v1/files/{_fileId}?user_id=alice", Token);

        using var response = await OpenAsync(url);

        await response.ShouldBeProblemAsync(404);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("604801")]
    public async Task Create_InvalidLifetime_NamesTheField(string seconds)
    {
        using var response = await _gateway.Http.PostAsync($"/v1/files/{_fileId}/link?user_id=alice&ttl_seconds={seconds}", null, Token);

        await response.ShouldRefuseAsync("ttl_seconds");
    }

    [Fact]
    public async Task Create_ForAnotherUsersFile_IsNotFound()
    {
        using var response = await _gateway.Http.PostAsync($"/v1/files/{_fileId}/link?user_id=bob", null, Token);

        await response.ShouldBeProblemAsync(404);
    }

    [Fact]
    public async Task Link_OfAnotherReplica_WorksWithTheSameKeyOnly()
    {
        const string Key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
        var keyFile = Path.GetTempFileName();
        await System.IO.File.WriteAllTextAsync(keyFile, Key + "\n", Token);
        await using var first = await StartAsync(("Gateway:Links:Key", Key));
        await using var second = await StartAsync(("Gateway:Links:KeyFile", keyFile));
        var (url, _) = await CreateAsync(gateway: first);

        using var shared = await OpenAsync(new Uri(second.Http.BaseAddress!, url.PathAndQuery));
        using var another = await OpenAsync(new Uri(_gateway.Http.BaseAddress!, url.PathAndQuery));

        shared.StatusCode.ShouldBe(HttpStatusCode.OK);
        await another.ShouldBeProblemAsync(403);
        System.IO.File.Delete(keyFile);
    }

    [Fact]
    public async Task Link_WhileTheKeyIsChanged_OpensAtAllReplicas_AfterwardsOldOnesAreRefused()
    {
        const string Old = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
        const string New = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";
        await using var prepared = await StartAsync(("Gateway:Links:Key", Old), ("Gateway:Links:AcceptedKey", New));
        await using var changed = await StartAsync(("Gateway:Links:Key", New), ("Gateway:Links:AcceptedKey", Old));
        await using var after = await StartAsync(("Gateway:Links:Key", New));
        var old = (await CreateAsync(gateway: prepared)).Url.PathAndQuery;
        var next = (await CreateAsync(gateway: changed)).Url.PathAndQuery;

        using var oldAtChanged = await OpenAsync(new Uri(changed.Http.BaseAddress!, old));
        using var nextAtPrepared = await OpenAsync(new Uri(prepared.Http.BaseAddress!, next));
        using var nextAtAfter = await OpenAsync(new Uri(after.Http.BaseAddress!, next));
        using var oldAtAfter = await OpenAsync(new Uri(after.Http.BaseAddress!, old));

        oldAtChanged.StatusCode.ShouldBe(HttpStatusCode.OK);
        nextAtPrepared.StatusCode.ShouldBe(HttpStatusCode.OK);
        nextAtAfter.StatusCode.ShouldBe(HttpStatusCode.OK);
        await oldAtAfter.ShouldBeProblemAsync(403);
    }

    [Fact]
    public async Task Link_OverGrpc_IsAPathOrBeginsWithTheBaseAddress()
    {
        await using var behindProxy = await StartAsync(("Gateway:Links:BaseAddress", "https://example.com/code/"));
        var request = new CreateLinkRequest
        {
            UserId = "alice",
            FileId = _fileId,
            TtlSeconds = 60,
        };

        var path = await _gateway.Links.CreateLinkAsync(request, KeyOf(_gateway), cancellationToken: Token);
        var whole = await behindProxy.Links.CreateLinkAsync(request, KeyOf(behindProxy), cancellationToken: Token);
        var (overHttp, _) = await CreateAsync(gateway: behindProxy);

        path.Url.ShouldStartWith($"/v1/links/{_fileId}?");
        path.ExpiresAt.ToDateTimeOffset().ShouldBe(_time.GetUtcNow().AddMinutes(1), TimeSpan.FromSeconds(1));
        whole.Url.ShouldStartWith($"https://example.com/code/v1/links/{_fileId}?");
        overHttp.ToString().ShouldStartWith($"https://example.com/code/v1/links/{_fileId}?");
        using var response = await OpenAsync(new Uri(_gateway.Http.BaseAddress!, path.Url));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Log_HasNoSignature()
    {
        var (url, _) = await CreateAsync();
        using var opened = await OpenAsync(url);
        using var forged = await OpenAsync(new Uri($"{url}A"));

        var signature = url.Query[^43..];
        var log = string.Join(
            '\n',
            _log.Collector.GetSnapshot()
                .Select(record => $"{record.Message} {record.Exception} {string.Join(' ', record.StructuredState ?? [])}")
        );
        log.ShouldNotContain(signature);
    }

    private async Task<(Uri Url, DateTimeOffset ExpiresAt)> CreateAsync(string query = "", GatewayHost? gateway = null)
    {
        using var response = await (gateway ?? _gateway).Http.PostAsync($"/v1/files/{_fileId}/link?user_id=alice{query}", null, Token);
        var body = await response.ReadJsonAsync();
        return (new Uri(body["url"]!.GetValue<string>()), body["expires_at"]!.GetValue<DateTimeOffset>());
    }

    private static async Task<HttpResponseMessage> OpenAsync(Uri link)
    {
        using var browser = new HttpClient();
        return await browser.GetAsync(link, Token);
    }

    private static Metadata KeyOf(GatewayHost gateway) =>
        new() { { "x-api-key", gateway.Http.DefaultRequestHeaders.GetValues("X-Api-Key").Single() } };

    private async Task<GatewayHost> StartAsync(params (string Name, string Value)[] settings)
    {
        var gateway = await GatewayHost.StartAsync(
            new Dictionary<string, string?>(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
            {
                ["Gateway:FileStoreAddress"] = _fileStore.Address.ToString(),
                ["Gateway:Access:Mode"] = "Required",
                ["Logging:LogLevel:CodeInterpreter"] = "Trace",
            },
            _time,
            _log
        );
        var key = await gateway.Services.GetRequiredService<IApiKeyStore>().MakeAsync();
        gateway.Http.DefaultRequestHeaders.Add("X-Api-Key", key.Text);
        return gateway;
    }
}
