using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using CodeInterpreter.EndToEnd.Tests.FieldCases;

[assembly: AssemblyFixture(typeof(FieldCaseProduct))]

namespace CodeInterpreter.EndToEnd.Tests.FieldCases;

/// <summary>
/// One product for all <see cref="FieldCase"/>s. It starts with the first case and needs the standard sandbox image. Each case has its own
/// user.
/// </summary>
public sealed class FieldCaseProduct : IAsyncLifetime
{
    private readonly Lazy<Task<StandaloneProcess>> _standalone = new(static () =>
        StandaloneProcess.StartAsync(StandaloneProcess.NewDataDirectory())
    );

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (!_standalone.IsValueCreated)
            return;
        await using var standalone = await _standalone.Value;
        await standalone.StopAsync();
    }

    /// <summary>The titles of cases, for a theory.</summary>
    internal static TheoryData<string> Titles(IEnumerable<FieldCase> cases) => [.. cases.Select(one => one.Title)];

    /// <summary>Runs the case of a title over HTTP and checks the answer.</summary>
    internal async Task TryAsync(IEnumerable<FieldCase> cases, string title)
    {
        var wanted = cases.Single(one => one.Title == title);
        var user = StandaloneFixture.NewUser();
        var ids = new List<string>();
        foreach (var (name, content) in wanted.Inputs)
            ids.Add(await UploadAsync(user, name, content));

        var result = await RunAsync(user, WithIds(wanted.Code, ids), ids, wanted.Echo, wanted.Language);

        Check(wanted, result);
        if (wanted.Look is { } look)
        {
            var seen = await RunAsync(user, WithIds(look, ids), result.Objects("generated_files").Select(file => file.Text("file_id")));
            seen.Text("output").Trim().ShouldBe(wanted.Seen, seen.ToJsonString());
        }
    }

    private static void Check(FieldCase wanted, JsonObject result)
    {
        var all = result.ToJsonString();
        result["success"]!.GetValue<bool>().ShouldBe(wanted.Succeeds, all);
        var exception = result["exception"]?["type"]?.GetValue<string>();
        exception.ShouldBe(wanted.Exception, all);
        if (wanted.Output is { } output)
            result.Text("output").TrimEnd().ShouldBe(output, all);
        var error = result.Text("error");
        foreach (var part in wanted.Errors)
            error.ShouldContain(part, Case.Insensitive, all);
        if (wanted.Errors.Length == 0 && !wanted.MaySayMore)
            error.ShouldBeEmpty(all);
        if (wanted.Files is { } files)
            result.FileNames().Order().ShouldBe(files.Order(), all);
        if (wanted.Pictures is { } pictures)
            result.Objects("generated_files").Count(file => file.Text("type") == "image").ShouldBe(pictures, all);
        if (wanted.LeftBehind is { } left)
        {
            result.Objects("left_behind").Select(file => file.Text("path")).ShouldBe(left, ignoreOrder: true, all);
            left.ShouldAllBe(path => result.Text("message").Contains(path), all);
        }
    }

    private static string WithIds(string code, List<string> ids)
    {
        if (ids.Count > 0)
            code = code.Replace(FieldCase.Id, ids[0], StringComparison.Ordinal);
        return ids.Count > 1 ? code.Replace(FieldCase.SecondId, ids[1], StringComparison.Ordinal) : code;
    }

    private async Task<JsonObject> RunAsync(string user, string code, IEnumerable<string> files, bool echo = false, string? language = null)
    {
        var request = new Dictionary<string, object>
        {
            ["user_id"] = user,
            ["code"] = code,
            ["user_files"] = files,
            ["echo"] = echo,
            // More than is needed, on a machine that does other things, too.
            ["limits"] = new { wall_time_seconds = 120 },
        };
        if (language is not null)
            request["language"] = language;
        var product = await _standalone.Value;
        using var answer = await product.Http.PostAsJsonAsync("/v1/executions", request, Token);
        return await ReadAsync(answer);
    }

    private async Task<string> UploadAsync(string user, string name, byte[] content)
    {
        var product = await _standalone.Value;
        using var form = new MultipartFormDataContent
        {
            { new StringContent(user), "user_id" },
            { new ByteArrayContent(content), "file", name },
        };
        using var answer = await product.Http.PostAsync("/v1/files", form, Token);
        return (await ReadAsync(answer)).Objects("files").Single().Text("file_id");
    }

    private static async Task<JsonObject> ReadAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync(Token);
        answer.IsSuccessStatusCode.ShouldBeTrue(body);
        return JsonSerializer.Deserialize<JsonObject>(body)!;
    }
}
