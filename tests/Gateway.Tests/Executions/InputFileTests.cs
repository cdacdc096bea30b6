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

    [Theory]
    [InlineData("df = load_file('{0}')")]
    [InlineData("open('/mnt/data/{0}.csv')")]
    [InlineData("f(\"x_{0}\")")]
    public async Task Execute_FileWhoseIdIsInTheCode_IsAttachedByItself(string code)
    {
        var user = GatewayFixture.NewUser() + "_7-8";
        var file = await UploadAsync(user, "a.csv", 3);

        var files = await ExecuteAsync(user, string.Format(null, code, file));

        files.ShouldBe([new InputFile(file, "a.csv", 3)]);
    }

    [Fact]
    public async Task Execute_IdInTheCodeThatDoesNotExist_IsIgnored()
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
        var request = new ExecuteRequest { UserId = user, Code = "1", UserFiles = { own, foreign } };

        var exception = await Should.ThrowAsync<RpcException>(
            async () => await fixture.Gateway.Executions.ExecuteAsync(request));

        var violation = RpcErrors.ViolationsOf(exception).ShouldHaveSingleItem();
        violation.Field.ShouldBe("user_files[1]");
        violation.Description.ShouldContain("not found");
    }

    [Fact]
    public async Task Execute_MoreBytesOfFilesThanASandboxHasRoomFor_IsRefused()
    {
        var user = GatewayFixture.NewUser();
        await using var fileStore = await FileStoreHost.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(
            new Dictionary<string, string?>
            {
                ["Gateway:FileStoreAddress"] = fileStore.Address.ToString(),
                ["Gateway:Executions:MaxInputFileBytes"] = "10",
            },
            TimeProvider.System);
        var listed = await UploadAsync(gateway, user, "a.csv", 4);
        var mentioned = await UploadAsync(gateway, user, "b.csv", 4);
        var request = new ExecuteRequest
        {
            UserId = user,
            Code = $"load_file('{mentioned}')",
            UserFiles = { listed },
            Files = { new InlineFile { Filename = "c.csv", Content = ByteString.CopyFrom(new byte[3]) } },
        };

        var exception = await Should.ThrowAsync<RpcException>(async () => await gateway.Executions.ExecuteAsync(request));

        var violation = RpcErrors.ViolationsOf(exception).ShouldHaveSingleItem();
        violation.Field.ShouldBe("user_files");
        violation.Description.ShouldContain("at most 10 bytes in all");
    }

    private async Task<IReadOnlyList<InputFile>> ExecuteAsync(string user, string code, params string[] userFiles)
    {
        IReadOnlyList<InputFile> files = [];
        var script = fixture.Gateway.Runner.Add(
            context =>
            {
                files = context.Message.InputFiles;
                return RunnerScript.FinishAsync(context, RunnerScript.Succeeded(""));
            },
            code);
        await fixture.Gateway.Executions.ExecuteAsync(
            new ExecuteRequest { UserId = user, Code = script, UserFiles = { userFiles } },
            cancellationToken: TestContext.Current.CancellationToken);
        return files;
    }

    private Task<string> UploadAsync(string user, string filename, int size) => UploadAsync(fixture.Gateway, user, filename, size);

    private static async Task<string> UploadAsync(GatewayHost gateway, string user, string filename, int size)
    {
        var file = await gateway.Http.UploadAsync(user, filename, new byte[size]);
        return file["file_id"].ShouldNotBeNull().GetValue<string>();
    }
}
