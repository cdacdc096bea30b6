using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CodeInterpreter.Gateway.Tests.Hosting;

namespace CodeInterpreter.Gateway.Tests.Http;

/// <summary>Parts of files, and files the caller has already.</summary>
public sealed class FileRangeTests(GatewayFixture fixture) : IAsyncLifetime
{
    private readonly string _user = GatewayFixture.NewUser();
    private readonly byte[] _content = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7))];
    private string _path = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HttpClient Http => fixture.Gateway.Http;

    public async ValueTask InitializeAsync()
    {
        var uploaded = await Http.UploadAsync(_user, "a.bin", _content);
        _path = $"/v1/files/{uploaded["file_id"]}/content?user_id={_user}";
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=10-19", 10, 10)]
    [InlineData("bytes=99990-", 99_990, 10)]
    [InlineData("bytes=99990-200000", 99_990, 10)]
    [InlineData("bytes=-5", 99_995, 5)]
    [InlineData("bytes=-200000", 0, 100_000)]
    [InlineData("bytes=65530-65550", 65_530, 21)]
    public async Task Download_Range_IsThatPart(string range, int offset, int length)
    {
        using var response = await GetAsync(request => request.Headers.Range = RangeHeaderValue.Parse(range));

        response.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        response.Content.Headers.ContentRange!.ToString().ShouldBe($"bytes {offset}-{offset + length - 1}/100000");
        (await response.Content.ReadAsByteArrayAsync(Token)).ShouldBe(_content[offset..(offset + length)]);
    }

    [Theory]
    [InlineData("bytes=100000-")]
    [InlineData("bytes=-0")]
    public async Task Download_RangeAfterTheEnd_IsNotSatisfiable(string range)
    {
        using var response = await GetAsync(request => request.Headers.TryAddWithoutValidation("Range", range));

        response.StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
        response.Content.Headers.NonValidated["Content-Range"].ToString().ShouldBe("bytes */100000");
    }

    [Theory]
    [InlineData("bytes=0-1,5-6")]
    [InlineData("lines=1-2")]
    [InlineData("nonsense")]
    public async Task Download_UnsupportedRange_IsTheWholeFile(string range)
    {
        using var response = await GetAsync(request => request.Headers.TryAddWithoutValidation("Range", range));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsByteArrayAsync(Token)).ShouldBe(_content);
    }

    [Fact]
    public async Task Download_UnchangedContent_IsNotModified()
    {
        using var first = await GetAsync(_ => { });
        var tag = first.Headers.ETag.ShouldNotBeNull();

        using var again = await GetAsync(request => request.Headers.IfNoneMatch.Add(tag));
        using var other = await GetAsync(request => request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"other\"")));
        using var part = await GetAsync(request =>
        {
            request.Headers.Range = new RangeHeaderValue(0, 9);
            request.Headers.IfRange = new RangeConditionHeaderValue(tag);
        });
        using var changed = await GetAsync(request =>
        {
            request.Headers.Range = new RangeHeaderValue(0, 9);
            request.Headers.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue("\"other\""));
        });

        (again.StatusCode, again.Headers.ETag).ShouldBe((HttpStatusCode.NotModified, tag));
        (await again.Content.ReadAsByteArrayAsync(Token)).ShouldBeEmpty();
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
        part.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Head_File_HasTheHeadersOnly()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, _path);

        using var response = await Http.SendAsync(request, Token);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentLength.ShouldBe(_content.Length);
        response.Headers.ETag.ShouldNotBeNull();
    }

    [Fact]
    public async Task UsageExtendAndFilters_WorkTogether()
    {
        await Http.UploadAsync(_user, "plots/Figure.jpg", [0xFF, 0xD8, 0xFF]);

        var usage = await Http.GetFromJsonAsync<JsonObject>($"/v1/files/usage?user_id={_user}", Token);
        var images = await Http.GetFromJsonAsync<JsonObject>($"/v1/files?user_id={_user}&type=image&name=figure&source=uploaded", Token);
        var image = images!["files"]!.AsArray().ShouldHaveSingleItem()!.AsObject();
        using var extended = await Http.PostAsJsonAsync(
            $"/v1/files/{image["file_id"]}/extend?user_id={_user}",
            new { lifetime_seconds = 3 * 86_400 },
            Token
        );
        using var tooLong = await Http.PostAsJsonAsync(
            $"/v1/files/{image["file_id"]}/extend?user_id={_user}",
            new { lifetime_seconds = 30L * 86_400 },
            Token
        );
        using var wrong = await Http.GetAsync($"/v1/files?user_id={_user}&source=stolen", Token);
        using var swept = await Http.PostAsync($"/v1/files/delete-expired?user_id={_user}", null, Token);

        (usage!["files"]!.GetValue<long>(), usage["bytes"]!.GetValue<long>()).ShouldBe((2, 100_003));
        var after = (await extended.ReadJsonAsync())["expires_at"]!.GetValue<DateTimeOffset>();
        after.ShouldBeGreaterThan(image["expires_at"]!.GetValue<DateTimeOffset>().AddHours(23));
        await tooLong.ShouldRefuseAsync("lifetime_seconds");
        await wrong.ShouldRefuseAsync("source");
        (await swept.ReadJsonAsync())["deleted"]!.GetValue<int>().ShouldBe(0);
    }

    private async Task<HttpResponseMessage> GetAsync(Action<HttpRequestMessage> prepare)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _path);
        prepare(request);
        return await Http.SendAsync(request, Token);
    }
}
