using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using CodeInterpreter.EndToEnd.Tests;
using Grpc.Net.Client;

[assembly: AssemblyFixture(typeof(StandaloneFixture))]

namespace CodeInterpreter.EndToEnd.Tests;

/// <summary>One product for all tests; each test is a user of its own.</summary>
public sealed class StandaloneFixture : IAsyncLifetime
{
    private StandaloneProcess _standalone = null!;

    internal GrpcChannel Grpc { get; private set; } = null!;

    internal Uri GrpcAddress => _standalone.GrpcAddress;

    internal HttpClient Http => _standalone.Http;

    internal string RunnerId => _standalone.RunnerId;

    internal static string NewUser() => $"user-{Guid.NewGuid():N}";

    public async ValueTask InitializeAsync()
    {
        _standalone = await StandaloneProcess.StartAsync(StandaloneProcess.NewDataDirectory());
        Grpc = GrpcChannel.ForAddress(_standalone.GrpcAddress);
    }

    public async ValueTask DisposeAsync()
    {
        Grpc.Dispose();
        await _standalone.StopAsync();
        (await Docker.ContainersOfAsync(_standalone.RunnerId)).ShouldBeEmpty();
        await _standalone.DisposeAsync();
    }

    /// <summary>Runs code over HTTP and returns the answer as a client without our types sees it.</summary>
    internal Task<JsonObject> ExecuteAsync(string user, string code, params string[] userFiles) =>
        PostAsync(
            new
            {
                user_id = user,
                code,
                user_files = userFiles,
            }
        );

    /// <summary>Posts an execution request that is accepted.</summary>
    internal async Task<JsonObject> PostAsync(object request)
    {
        using var answer = await Http.PostAsJsonAsync("/v1/executions", request, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue(body);
        return JsonSerializer.Deserialize<JsonObject>(body)!;
    }

    /// <summary>The bytes of a stored file.</summary>
    internal Task<byte[]> DownloadAsync(string user, string fileId) =>
        Http.GetByteArrayAsync($"/v1/files/{fileId}/content?user_id={user}", TestContext.Current.CancellationToken);
}
