using System.Text.Json;
using CodeInterpreter.Contracts;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.Gateway.Tests.Http;
using CodeInterpreter.ServiceDefaults.Errors;
using Google.Protobuf;
using Grpc.Core;

namespace CodeInterpreter.Gateway.Tests.Executions;

public sealed class InputFileTests(GatewayFixture fixture)
{
    [Fact]
    public async Task Execute_ListedFiles_AreResolvedOnceEach()
    {
        var user = GatewayFixture.NewUser();
        var first = await UploadAsync(user, "a.csv", 3);
        var second = await UploadAsync(user, "dir/ü.csv", 0);

        var files = await ExecuteAsync(user, "", first, second, first);

        files.ShouldBe([new InputFile(first, "a.csv", 3), new InputFile(second, "dir/ü.csv", 0)]);
    }

    [Fact]
    public async Task Execute_FilesUnderOtherNames_AreThereUnderTheseNamesFirst()
    {
        var user = GatewayFixture.NewUser();
        var first = await UploadAsync(user, "a.csv", 3);
        var second = await UploadAsync(user, "dir/b.csv", 4);
        var request = new ExecuteRequest
        {
            UserId = user,
            UserFiles = { second, first },
            NamedFiles =
            {
                new NamedFile { FileId = first, Filename = "in/ü.csv" },
                new NamedFile { FileId = first, Filename = "dir/b.csv" },
            },
        };

        var files = await ExecuteAsync(request);

        files.ShouldBe([
            new InputFile(first, "in/ü.csv", 3),
            new InputFile(first, "dir/b.csv", 3),
            new InputFile(second, "dir/b.csv", 4),
            new InputFile(first, "a.csv", 3),
        ]);
    }

    [Fact]
    public async Task Execute_FilesWithAndWithoutAnotherNameOverHttp_AreThere()
    {
        var user = GatewayFixture.NewUser();
        var first = await UploadAsync(user, "a.csv", 3);
        var second = await UploadAsync(user, "b.csv", 4);
        IReadOnlyList<InputFile> files = [];
        var code = AddScript(given => files = given, $"# {first}");

        using var response = await fixture.Gateway.Http.ExecuteAsync(
            $$"""
            {"user_id": "{{user}}", "code": "{{code}}",
             "user_files": ["{{second}}", {"file_id": "{{first}}", "filename": "c.csv"}, {"file_id": "{{second}}", "filename": null}]}
            """
        );

        response.IsSuccessStatusCode.ShouldBeTrue();
        files.ShouldBe([new InputFile(first, "c.csv", 3), new InputFile(second, "b.csv", 4)]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../a")]
    [InlineData("/a")]
    [InlineData("a\u001f")]
    [InlineData("taken.csv")]
    [InlineData("inline.csv")]
    public async Task Execute_InvalidName_IsRefusedOverGrpcAndHttp(string name)
    {
        const string Field = "user_files[1].filename";
        var json = $$"""
            {"user_id": "u", "code": "1", "files": [{"filename": "inline.csv", "data": ""}],
             "user_files": [{"file_id": "u_1_a", "filename": "taken.csv"}, {"file_id": "u_1_b", "filename": {{JsonSerializer.Serialize(
                name
            )}}}]}
            """;
        using var response = await fixture.Gateway.Http.ExecuteAsync(json);
        var request = new ExecuteRequest
        {
            UserId = "u",
            Files = { new InlineFile { Filename = "inline.csv" } },
            NamedFiles =
            {
                new NamedFile { FileId = "u_1_a", Filename = "taken.csv" },
                new NamedFile { FileId = "u_1_b", Filename = name },
            },
        };
        var exception = await Should.ThrowAsync<RpcException>(async () => await fixture.Gateway.Executions.ExecuteAsync(request));

        await response.ShouldRefuseAsync(Field);
        RpcErrors.ViolationsOf(exception).ShouldHaveSingleItem().Field.ShouldBe("named_files[1].filename");
    }

    [Fact]
    public async Task Execute_UnknownFileWithAName_IsRefusedWithItsField()
    {
        var request = new ExecuteRequest
        {
            UserId = "u",
            NamedFiles =
            {
                new NamedFile { FileId = "u_1_a", Filename = "a.csv" },
            },
        };

        var exception = await Should.ThrowAsync<RpcException>(async () => await fixture.Gateway.Executions.ExecuteAsync(request));

        RpcErrors.ViolationsOf(exception).ShouldHaveSingleItem().Field.ShouldBe("named_files[0]");
    }

    [Theory]
    [InlineData("df = load_file('{0}')")]
    [InlineData("open('/mnt/data/{0}.csv')")]
    [InlineData("f(\"x_{0}\")")]
    public async Task Execute_FileIdInTheCode_IsAttachedAutomatically(string code)
    {
        var user = GatewayFixture.NewUser() + "_7-8";
        var file = await UploadAsync(user, "a.csv", 3);

        var files = await ExecuteAsync(user, string.Format(null, code, file));

        files.ShouldBe([new InputFile(file, "a.csv", 3)]);
    }

    [Fact]
    public async Task Execute_UnknownIdInTheCode_IsIgnored()
    {
        var user = GatewayFixture.NewUser();

        var files = await ExecuteAsync(user, $"load_file('{user}_1696118400_abcdefghijklmnop')");

        files.ShouldBeEmpty();
    }

    [Fact]
    public async Task Execute_AnotherUsersFileInTheCode_IsNotAttached()
    {
        var file = await UploadAsync(GatewayFixture.NewUser(), "a.csv", 3);

        var files = await ExecuteAsync(GatewayFixture.NewUser(), $"load_file('{file}')");

        files.ShouldBeEmpty();
    }

    [Fact]
    public async Task Execute_AnotherUsersFileListed_IsRefusedLikeAnUnknownOne()
    {
        var user = GatewayFixture.NewUser();
        var own = await UploadAsync(user, "a.csv", 3);
        var foreign = await UploadAsync(GatewayFixture.NewUser(), "a.csv", 3);
        var request = new ExecuteRequest
        {
            UserId = user,
            Code = "1",
            UserFiles = { own, foreign },
        };

        var exception = await Should.ThrowAsync<RpcException>(async () => await fixture.Gateway.Executions.ExecuteAsync(request));

        var violation = RpcErrors.ViolationsOf(exception).ShouldHaveSingleItem();
        violation.Field.ShouldBe("user_files[1]");
        violation.Description.ShouldContain("not found");
    }

    [Fact]
    public async Task Execute_InputFilesAboveTheLimit_IsRefused()
    {
        var user = GatewayFixture.NewUser();
        await using var fileStore = await FileStoreHost.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(
            new Dictionary<string, string?>
            {
                ["Gateway:FileStoreAddress"] = fileStore.Address.ToString(),
                ["Gateway:Executions:MaxInputFileBytes"] = "10",
            },
            TimeProvider.System
        );
        var listed = await UploadAsync(gateway, user, "a.csv", 4);
        var mentioned = await UploadAsync(gateway, user, "b.csv", 4);
        var request = new ExecuteRequest
        {
            UserId = user,
            Code = $"load_file('{mentioned}')",
            UserFiles = { listed },
            Files =
            {
                new InlineFile { Filename = "c.csv", Content = ByteString.CopyFrom(new byte[3]) },
            },
        };

        var exception = await Should.ThrowAsync<RpcException>(async () => await gateway.Executions.ExecuteAsync(request));

        var violation = RpcErrors.ViolationsOf(exception).ShouldHaveSingleItem();
        violation.Field.ShouldBe("user_files");
        violation.Description.ShouldContain("at most 10 bytes in all");
    }

    private Task<IReadOnlyList<InputFile>> ExecuteAsync(string user, string code, params string[] userFiles) =>
        ExecuteAsync(
            new ExecuteRequest
            {
                UserId = user,
                Code = code,
                UserFiles = { userFiles },
            }
        );

    private async Task<IReadOnlyList<InputFile>> ExecuteAsync(ExecuteRequest request)
    {
        IReadOnlyList<InputFile> files = [];
        request.Code = AddScript(given => files = given, request.Code);
        await fixture.Gateway.Executions.ExecuteAsync(request, cancellationToken: TestContext.Current.CancellationToken);
        return files;
    }

    private string AddScript(Action<IReadOnlyList<InputFile>> given, string end = "") =>
        fixture.Gateway.Runner.Add(
            context =>
            {
                given(context.Message.InputFiles);
                return RunnerScript.FinishAsync(context, RunnerScript.Succeeded(""));
            },
            end
        );

    private Task<string> UploadAsync(string user, string filename, int size) => UploadAsync(fixture.Gateway, user, filename, size);

    private static async Task<string> UploadAsync(GatewayHost gateway, string user, string filename, int size)
    {
        var file = await gateway.Http.UploadAsync(user, filename, new byte[size]);
        return file["file_id"].ShouldNotBeNull().GetValue<string>();
    }
}
