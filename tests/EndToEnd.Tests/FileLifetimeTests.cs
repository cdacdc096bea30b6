using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CodeInterpreter.TestServers;

namespace CodeInterpreter.EndToEnd.Tests;

/// <summary>A product that keeps files for seconds and sweeps all the time: what others see after two days.</summary>
public sealed class FileLifetimeTests : IAsyncLifetime
{
    private static readonly TimeSpan Retention = TimeSpan.FromSeconds(2);

    private readonly string _directory = StandaloneProcess.NewDataDirectory();
    private readonly string _user = StandaloneFixture.NewUser();
    private StandaloneProcess _product = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _product = await StandaloneProcess.StartAsync(
            _directory,
            ("FileStore:Retention", $"{Retention}"),
            ("FileStore:Expiry:SweepInterval", "00:00:01")
        );

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task FilesOfAnExecution_ExpireTogetherAndLeaveNothing()
    {
        var result = await ExecuteAsync(
            """
            import os
            os.makedirs('notes')
            for name in ('table.csv', 'chart.svg', 'notes/day 1.txt'): open(name, 'w').write(name)
            """
        );

        result.FileNames().ShouldBe(["table.csv", "chart.svg", "notes/day 1.txt"], ignoreOrder: true);
        var fileIds = result.Objects("generated_files").Select(file => file.Text("file_id")).ToList();
        foreach (var fileId in fileIds)
        {
            await Eventually.TrueAsync(async () => await StatusAsync($"/v1/files/{fileId}/content") == HttpStatusCode.Gone);
            (await StatusAsync($"/v1/files/{fileId}")).ShouldBe(HttpStatusCode.Gone);
        }

        var list = await _product.Http.GetFromJsonAsync<JsonObject>($"/v1/files?user_id={_user}", Token);
        list!.Objects("files").ShouldBeEmpty();
        await Eventually.TrueAsync(() => !FilesOnDisk().Any(path => fileIds.Contains(Path.GetFileName(path))));
        (await StatusAsync($"/v1/files/{fileIds[0]}")).ShouldBe(HttpStatusCode.Gone, "it is remembered that it was there");
    }

    [Fact]
    public async Task ExpiredFile_CannotBeLoadedByLaterCode()
    {
        var fileId = (await ExecuteAsync("open('short.txt', 'w').write('short-lived')")).Text("generated_file_ids", 0);
        await Eventually.TrueAsync(async () => await StatusAsync($"/v1/files/{fileId}") == HttpStatusCode.Gone);

        var later = await ExecuteAsync($"print(load_file('{fileId}'))");

        later.Text("outcome").ShouldBe("NonZeroExit");
        later.Text("error").ShouldContain("FileNotFoundError");
        later.Text("output").ShouldNotContain("short-lived");
    }

    private async Task<JsonObject> ExecuteAsync(string code)
    {
        using var answer = await _product.Http.PostAsJsonAsync("/v1/executions", new { user_id = _user, code }, Token);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Token))!;
    }

    private async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var answer = await _product.Http.GetAsync($"{path}?user_id={_user}", Token);
        return answer.StatusCode;
    }

    private IEnumerable<string> FilesOnDisk() => Directory.EnumerateFiles(_directory, "*", SearchOption.AllDirectories);
}
