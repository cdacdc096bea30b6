using System.Net;
using System.Text;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.Gateway.Tests.Http;

namespace CodeInterpreter.Gateway.Tests.Fuzzing;

/// <summary>
/// Random calls of the HTTP API, many of them nearly right: each is answered with a typed error at worst, and nobody's data are told.
/// </summary>
public sealed class FuzzedHttpTests(GatewayFixture fixture)
{
    private const int Calls = 1500;

    private static readonly (string Method, string Path)[] Operations =
    [
        ("POST", "/v1/executions"),
        ("GET", "/v1/executions"),
        ("GET", "/v1/executions/{id}"),
        ("DELETE", "/v1/executions/{id}"),
        ("POST", "/v1/executions/{id}/cancel"),
        ("POST", "/v1/executions/{id}/input"),
        ("GET", "/v1/executions/{id}/events"),
        ("POST", "/v1/files"),
        ("GET", "/v1/files"),
        ("GET", "/v1/files/{id}"),
        ("GET", "/v1/files/{id}/content"),
        ("HEAD", "/v1/files/{id}/content"),
        ("DELETE", "/v1/files/{id}"),
        ("POST", "/v1/files/{id}/extend"),
        ("POST", "/v1/files/{id}/link"),
        ("GET", "/v1/files/usage"),
        ("POST", "/v1/files/delete-expired"),
        ("GET", "/v1/links/{id}"),
        ("PUT", "/v1/files/{id}"),
        ("PATCH", "/v1/nothing"),
    ];

    private static readonly string[] Query =
    [
        "user_id",
        "page_size",
        "page_token",
        "execution_id",
        "source",
        "type",
        "name",
        "wait_seconds",
        "after",
        "expires",
        "signature",
        "offset",
        "unknown",
    ];

    private static readonly string[] Body =
    [
        "user_id",
        "code",
        "user_files",
        "stdin",
        "args",
        "files",
        "environment",
        "profile",
        "echo",
        "include_data",
        "idempotency_key",
        "limits",
        "lifetime_seconds",
        "unknown",
    ];

    private static readonly string[] Headers =
    [
        "Range",
        "If-None-Match",
        "If-Match",
        "If-Range",
        "Last-Event-ID",
        "X-Api-Key",
        "Authorization",
        "Accept",
        "Content-Encoding",
        "X-Forwarded-For",
    ];

    [Fact]
    public async Task AnyRequest_HasATypedErrorAtWorstAndRevealsNoData()
    {
        var victim = GatewayFixture.NewUser();
        var secret = $"secret-{Guid.NewGuid():N}";
        var file = (await fixture.Gateway.Http.UploadAsync(victim, "secret.txt", Encoding.UTF8.GetBytes(secret)))[
            "file_id"
        ]!.GetValue<string>();
        var statuses = new HashSet<HttpStatusCode>();

        for (var seed = 0; seed < Calls; seed++)
        {
            using var request = Create(new HostileWords(seed, file, GatewayFixture.NewUser()));
            using var answer = await SendAsync(request, seed);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

            var call = $"seed {seed}: {request.Method} {request.RequestUri} -> {(int)answer.StatusCode} {text}";
            ((int)answer.StatusCode).ShouldBeLessThan(500, call);
            if ((int)answer.StatusCode >= 400 && request.Method != HttpMethod.Head)
                answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json", call);
            text.ShouldNotContain(secret, Case.Sensitive, call);
            statuses.Add(answer.StatusCode);
        }

        (
            await fixture.Gateway.Http.GetStringAsync($"/v1/files/{file}/content?user_id={victim}", TestContext.Current.CancellationToken)
        ).ShouldBe(secret);
        // Calls that all ended alike would have tried nothing.
        statuses.ShouldContain(HttpStatusCode.OK);
        statuses.ShouldContain(HttpStatusCode.BadRequest);
        statuses.ShouldContain(HttpStatusCode.NotFound);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, int seed)
    {
        try
        {
            return await fixture.Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1));
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException(
                $"The call with the seed {seed}, {request.Method} {request.RequestUri}, was not answered.",
                exception
            );
        }
    }

    private static HttpRequestMessage Create(HostileWords words)
    {
        var random = words.Random;
        var (method, path) = Operations[random.Next(Operations.Length)];
        var query = Query.Where(_ => random.Next(4) == 0).Select(name => $"{name}={Uri.EscapeDataString(words.Text())}").ToList();
        // A user of its own more often than not, so that more than the missing user is looked at.
        if (random.Next(3) > 0)
            query.Add("user_id=" + GatewayFixture.NewUser());
        var uri = path.Replace("{id}", Uri.EscapeDataString(words.Text()), StringComparison.Ordinal) + "?" + string.Join('&', query);
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(uri, UriKind.Relative));
        if (random.Next(3) == 0)
            request.Headers.TryAddWithoutValidation(Headers[random.Next(Headers.Length)], OneLine(words.Text()));
        if (method is "POST" or "PUT" or "PATCH")
            request.Content = ContentOf(words);
        return request;
    }

    private static HttpContent ContentOf(HostileWords words)
    {
        var random = words.Random;
        var fields = Body.Where(_ => random.Next(4) == 0)
            .Select(name => $"\"{name}\":{words.Json()}")
            .Concat(random.Next(3) > 0 ? [$"\"user_id\":\"{GatewayFixture.NewUser()}\"", "\"code\":\"print(1)\""] : []);
        var json = "{" + string.Join(',', fields) + "}";
        if (random.Next(4) == 0)
            json = words.Damaged(json);
        if (random.Next(5) > 0)
            return new StringContent(json, Encoding.UTF8, "application/json");

        var form = new MultipartFormDataContent();
        if (random.Next(2) == 0)
            form.Add(new StringContent(words.Text()), "user_id");
        form.Add(
            new ByteArrayContent(new byte[random.Next(100)]),
            "file",
            OneLine(words.Text()).Replace("\"", "", StringComparison.Ordinal) + "x"
        );
        return form;
    }

    private static string OneLine(string text) => new([.. text.Where(letter => letter is >= ' ' and < '\u007f')]);
}
