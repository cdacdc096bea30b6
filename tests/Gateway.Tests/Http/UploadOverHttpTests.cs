using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CodeInterpreter.Gateway.Tests.Hosting;
using static CodeInterpreter.Gateway.Tests.Http.UploadForms;

namespace CodeInterpreter.Gateway.Tests.Http;

public sealed class UploadOverHttpTests(GatewayFixture fixture)
{
    private readonly string _user = GatewayFixture.NewUser();

    [Fact]
    public async Task Upload_OneFile_ReturnsItsRecord()
    {
        var content = "a,b\n1,2\n"u8.ToArray();

        var file = await fixture.Gateway.Http.UploadAsync(_user, "data.csv", content);

        file.Select(field => field.Key)
            .ShouldBe([
                "file_id",
                "user_id",
                "filename",
                "size",
                "file_size",
                "type",
                "file_type",
                "mime_type",
                "sha256",
                "source",
                "execution_id",
                "uploaded_at",
                "expires_at",
            ]);
        Text(file, "file_id").ShouldStartWith(_user + "_");
        Text(file, "user_id").ShouldBe(_user);
        Text(file, "filename").ShouldBe("data.csv");
        file["file_size"].ShouldNotBeNull().GetValue<long>().ShouldBe(8);
        Text(file, "file_type").ShouldBe("data");
        Text(file, "mime_type").ShouldBe("text/csv");
        Text(file, "sha256").ShouldBe(Convert.ToHexStringLower(SHA256.HashData(content)));
        Text(file, "source").ShouldBe("uploaded");
        file["execution_id"].ShouldBeNull();
    }

    [Fact]
    public async Task Upload_SeveralFiles_AreStoredInTheirOrder()
    {
        using var response = await SendAsync(Field("user_id", _user), FilePart("b.txt", "2"), FilePart("a.txt", ""));

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await NamesAsync(response)).ShouldBe(["b.txt", "a.txt"]);
    }

    [Fact]
    public async Task Upload_UserInTheQuery_IsTheOwner()
    {
        using var response = await PostAsync($"/v1/files?user_id={_user}", FilePart("a.txt", "1"));

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await ListAsync()).ShouldBe(["a.txt"]);
    }

    [Theory]
    [InlineData("filename=\"Übung 1.txt\"", "Übung 1.txt")]
    [InlineData("filename=\"分析.csv\"; filename*=UTF-8''%E5%88%86%E6%9E%90.csv", "分析.csv")]
    [InlineData("filename=\"fallback.txt\"; filename*=UTF-8''na%C3%AFve.txt", "naïve.txt")]
    [InlineData("filename=\"a\\\"b.txt\"", "a\"b.txt")]
    [InlineData("filename=\"a%22b.txt\"", "a\"b.txt")]
    [InlineData("filename=\"C:\\new\\\\table 100%.txt\"", @"C:\new\\table 100%.txt")]
    [InlineData(@"filename=""x""; filename*=UTF-8''a%5Cb%22%2522.txt", @"a\b""%22.txt")]
    [InlineData("filename=plain.txt", "plain.txt")]
    [InlineData("filename=\"folder/in it.txt\"", "folder/in it.txt")]
    public async Task Upload_AnyName_IsKept(string disposition, string filename)
    {
        using var response = await SendAsync(Field("user_id", _user), Part("file", disposition, "1"));

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await NamesAsync(response)).ShouldBe([filename]);
    }

    [Fact]
    public async Task Upload_WithAnUploadIdTwice_IsOneFile()
    {
        var path = $"/v1/files?user_id={_user}&upload_id=mine";

        var first = await UploadAsync(path, FilePart("a.txt", "1"));
        var again = await UploadAsync(path, FilePart("a.txt", "1"));
        var next = await UploadAsync(path, FilePart("a.txt", "2"));

        Text(again, "file_id").ShouldBe(Text(first, "file_id"));
        Text(next, "file_id").ShouldNotBe(Text(first, "file_id"));
        (await ListAsync()).ShouldBe(["a.txt"]);
    }

    [Theory]
    [InlineData("upload_id=mine", "upload_id")]
    [InlineData("sha256=6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b", "sha256")]
    public async Task Upload_SeveralFilesWithFieldsForOne_AreRefused(string query, string field)
    {
        using var response = await PostAsync($"/v1/files?user_id={_user}&{query}", FilePart("a.txt", "1"), FilePart("b.txt", "1"));

        await response.ShouldRefuseAsync(field);
    }

    [Fact]
    public async Task Upload_RepeatedAndAborted_KeepsTheEarlierFile()
    {
        var path = $"/v1/files?user_id={_user}&upload_id=mine";
        var file = await UploadAsync(path, FilePart("a.txt", "1"));

        using var response = await fixture.Gateway.Http.PostFormAsync(path, FilePart("a.txt", "1") + "--b\r\nno disposition");

        await response.ShouldRefuseAsync("body");
        using var content = await fixture.Gateway.Http.GetAsync(
            $"/v1/files/{Text(file, "file_id")}?user_id={_user}",
            TestContext.Current.CancellationToken
        );
        content.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Upload_OtherContentThanItsSha256_IsRefused()
    {
        var path = $"/v1/files?user_id={_user}&sha256={Convert.ToHexStringLower(SHA256.HashData("1"u8))}";
        using var right = await PostAsync(path, FilePart("right.txt", "1"));
        using var wrong = await PostAsync(path, FilePart("wrong.txt", "2"));
        using var noHash = await PostAsync($"/v1/files?user_id={_user}&sha256=abc", FilePart("a.txt", "1"));

        right.StatusCode.ShouldBe(HttpStatusCode.Created);
        await wrong.ShouldBeProblemAsync(422);
        await noHash.ShouldRefuseAsync("sha256");
        (await ListAsync()).ShouldBe(["right.txt"]);
    }

    [Fact]
    public async Task Upload_ManyChunks_ArriveUnchanged()
    {
        var content = RandomNumberGenerator.GetBytes(FileStoreHost.MaxFileBytes);

        var file = await fixture.Gateway.Http.UploadAsync(_user, "noise.bin", content);

        Text(file, "sha256").ShouldBe(Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    [Fact]
    public async Task Upload_FileAboveTheLimit_IsTooLarge()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(_user), "user_id" },
            { new ByteArrayContent(new byte[FileStoreHost.MaxFileBytes + 1]), "file", "big.bin" },
        };

        using var response = await fixture.Gateway.Http.PostAsync("/v1/files", form, TestContext.Current.CancellationToken);

        await response.ShouldBeProblemAsync(413);
        (await ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_OneInvalidFileOfSeveral_StoresNone()
    {
        using var response = await SendAsync(Field("user_id", _user), FilePart("good.txt", "1"), FilePart("../bad.txt", "2"));

        await response.ShouldRefuseAsync("filename");
        (await ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_AbortedBody_StoresNothing()
    {
        var whole = Form(Field("user_id", _user), FilePart("a.txt", "1"), FilePart("b.txt", new string('b', 100_000)));

        using var response = await fixture.Gateway.Http.PostFormAsync("/v1/files", whole[..^50]);

        await response.ShouldRefuseAsync("body");
        (await ListAsync()).ShouldBeEmpty();
    }

    private static string Text(JsonObject file, string field) => file[field].ShouldNotBeNull().GetValue<string>();

    private Task<HttpResponseMessage> SendAsync(params string[] parts) => PostAsync("/v1/files", parts);

    private Task<HttpResponseMessage> PostAsync(string path, params string[] parts) =>
        fixture.Gateway.Http.PostFormAsync(path, Form(parts));

    private async Task<JsonObject> UploadAsync(string path, string part)
    {
        using var response = await PostAsync(path, part);
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (await response.ReadJsonAsync())["files"].ShouldNotBeNull()[0].ShouldNotBeNull().AsObject();
    }

    private async Task<string[]> ListAsync()
    {
        using var response = await fixture.Gateway.Http.GetAsync($"/v1/files?user_id={_user}", TestContext.Current.CancellationToken);
        return await NamesAsync(response);
    }

    private static async Task<string[]> NamesAsync(HttpResponseMessage response)
    {
        var body = await response.ReadJsonAsync();
        return [.. body["files"].ShouldNotBeNull().AsArray().Select(file => Text(file.ShouldNotBeNull().AsObject(), "filename"))];
    }
}
