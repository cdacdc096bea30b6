using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CodeInterpreter.TestServers;

namespace CodeInterpreter.EndToEnd.Tests.Starts;

/// <summary>Images that operators derive from the sandbox image, as docs/own-image.md says, and images that went wrong.</summary>
public sealed class OwnImageTests
{
    private const string Describe = "python3 /opt/sandbox/describe.py /opt/sandbox/environment.json";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OwnImage_WithAnotherPackage_RunsCodeListsItAndItsEntryPointIsIgnored()
    {
        await using var image = await OwnImage.BuildAsync(
            $"""
            COPY packages /usr/lib/python3/dist-packages/
            RUN KIND=acme VERSION=7 {Describe}
            RUN cp /usr/bin/id /usr/local/bin/root-id && chmod 4755 /usr/local/bin/root-id
            ENV ACME_MODEL=/opt/model
            USER 1000
            WORKDIR /
            HEALTHCHECK --interval=1s CMD touch /tmp/checked
            ENTRYPOINT ["/usr/bin/false"]
            """,
            ("packages/acme_greeting.py", "text = 'hello from acme'\n"),
            ("packages/acme_greeting-1.2.3.dist-info/METADATA", "Metadata-Version: 2.1\nName: acme-greeting\nVersion: 1.2.3\n")
        );
        await using var product = await StandaloneProcess.StartAsync(StandaloneProcess.NewDataDirectory(), ("Sandbox:Image", image.Name));

        using var answer = await product.Http.PostAsJsonAsync(
            "/v1/executions",
            new
            {
                user_id = "me",
                code = "import acme_greeting, os, subprocess\nprint(acme_greeting.text)\n"
                    + "print(subprocess.run(['root-id', '-u'], capture_output=True, text=True).stdout.strip() == str(os.getuid()) != '0')\n"
                    + "print(os.getcwd(), os.environ.get('ACME_MODEL'), os.path.exists('/tmp/checked'))",
            },
            Token
        );

        (await answer.Content.ReadFromJsonAsync<JsonObject>(Token))!
            .Text("output")
            .ShouldBe("hello from acme\nTrue\n/mnt/data None False\n");
        var environment = await EnvironmentAsync(product.Http, "?package=Acme_Greeting");
        environment["packages"]!.ToJsonString().ShouldBe("""[{"name":"acme-greeting","version":"1.2.3"}]""");
        environment["images"]![0]!["kind"]!.GetValue<string>().ShouldBe("acme");
        environment["images"]![0]!["version"]!.GetValue<string>().ShouldBe("7");
    }

    [Theory]
    [InlineData(
        "RUN echo '# mine' >>/opt/supervisor/service.py",
        "has another supervisor than this runner: /opt/supervisor/service.py differ."
    )]
    [InlineData("RUN rm /opt/supervisor/walk.py", "has another supervisor than this runner: /opt/supervisor/walk.py differ.")]
    [InlineData("RUN touch /opt/supervisor/json.py", "has another supervisor than this runner: /opt/supervisor/json.py differ.")]
    [InlineData("RUN mv /opt/supervisor /opt/mine && ln -s mine /opt/supervisor", "has another supervisor than this runner: ")]
    [InlineData(
        "RUN echo 'import os' >/usr/lib/python3/dist-packages/code_interpreter.pth",
        "has another supervisor than this runner: /usr/lib/python3/dist-packages/code_interpreter.pth differ."
    )]
    [InlineData(
        "RUN sed -i 's/^_PROTOCOL = .*/_PROTOCOL = 99/' /opt/supervisor/service.py && " + Describe,
        "speaks version 99 of the sandbox protocol; this runner speaks 1."
    )]
    [InlineData("ENV LD_PRELOAD=/usr/lib/mine.so", "sets the environment variable LD_PRELOAD, ")]
    [InlineData("ENV PYTHONPATH=/opt/mine", "sets the environment variable PYTHONPATH, ")]
    [InlineData("RUN touch /etc/ld.so.preload", "has the file /etc/ld.so.preload, ")]
    [InlineData("VOLUME /cache", "has a volume at /cache, ")]
    [InlineData(
        "RUN echo nonsense >/opt/sandbox/environment.json",
        "has a description that cannot be used: /opt/sandbox/environment.json "
    )]
    [InlineData("RUN rm /opt/sandbox/environment.json", "has no description at /opt/sandbox/environment.json.")]
    public async Task OwnImage_Invalid_EndsTheStartWithTheReason(string line, string fault)
    {
        await using var image = await OwnImage.BuildAsync(line);
        var runner = $"test-{Guid.NewGuid():N}";

        var end = await RunAsync(("Sandbox:Image", image.Name), ("Runner:Id", runner));

        end.ExitCode.ShouldBe(78, end.Output + end.Errors);
        var said = end.ErrorLines.ShouldHaveSingleItem();
        said.ShouldStartWith($"error: The sandbox image '{image.Name}' {fault}");
        said.ShouldEndWith("Build it FROM the sandbox image of this version, see docs/own-image.md, or change Sandbox:Image.");
        (await Docker.ContainersOfAsync(runner)).ShouldBeEmpty();
    }

    [Fact]
    public async Task OwnImage_WithAnotherSupervisor_RunsIfAllowedWithAWarning()
    {
        await using var image = await OwnImage.BuildAsync("RUN echo '# mine' >>/opt/supervisor/service.py");
        await using var product = await StandaloneProcess.StartAsync(
            StandaloneProcess.NewDataDirectory(),
            ("Sandbox:Image", image.Name),
            ("Sandbox:AllowOtherSupervisor", "true")
        );

        product.Log.ShouldContain("/opt/supervisor/service.py differ.");
    }

    internal static async Task<JsonObject> EnvironmentAsync(HttpClient http, string query)
    {
        JsonObject? environment = null;
        await Eventually.TrueAsync(async () =>
        {
            using var answer = await http.GetAsync($"/v1/environment{query}", Token);
            if (answer.IsSuccessStatusCode)
                environment = await answer.Content.ReadFromJsonAsync<JsonObject>(Token);
            return environment is not null;
        });
        return environment!;
    }

    private static Task<ProgramEnd> RunAsync(params (string Name, string Value)[] settings) =>
        ServiceProcess.RunAsync(
            "Runner",
            [],
            [
                .. settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)),
                new("Kestrel:Endpoints:Http:Url", "http://127.0.0.1:0"),
                new("Kestrel:Endpoints:Grpc:Url", "http://127.0.0.1:0"),
            ]
        );
}
