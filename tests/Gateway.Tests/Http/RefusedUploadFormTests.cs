using System.Net.Http.Headers;
using CodeInterpreter.Gateway.Tests.Hosting;
using static CodeInterpreter.Gateway.Tests.Http.UploadForms;

namespace CodeInterpreter.Gateway.Tests.Http;

/// <summary>Uploads whose form is not valid.</summary>
public sealed class RefusedUploadFormTests(GatewayFixture fixture)
{
    private readonly string _user = GatewayFixture.NewUser();

    [Theory]
    [InlineData("user_id")]
    [InlineData("user_id", "")]
    [InlineData("user_id", "not/a/user")]
    public async Task Upload_NoOrBadUser_IsNamed(string field, string? user = null)
    {
        var file = FilePart("a.txt", "1");

        using var response = user is null ? await SendAsync(file) : await SendAsync(Field("user_id", user), file);

        await response.ShouldRefuseAsync(field);
    }

    [Fact]
    public async Task Upload_UserAfterTheFile_IsRefused()
    {
        using var response = await SendAsync(FilePart("a.txt", "1"), Field("user_id", _user));

        await response.ShouldRefuseAsync("user_id");
    }

    [Fact]
    public async Task Upload_TwoDifferentUsers_AreRefused()
    {
        using var response = await PostAsync($"/v1/files?user_id={_user}", Field("user_id", "another"), FilePart("a.txt", "1"));

        await response.ShouldRefuseAsync("user_id");
    }

    [Fact]
    public async Task Upload_UnknownField_IsNamed()
    {
        using var response = await SendAsync(Field("user_id", _user), Field("folder", "x"), FilePart("a.txt", "1"));

        await response.ShouldRefuseAsync("folder");
    }

    [Fact]
    public async Task Upload_NoFile_IsNamed()
    {
        using var response = await SendAsync(Field("user_id", _user));

        await response.ShouldRefuseAsync("file");
    }

    [Fact]
    public async Task Upload_EmptyFileName_IsNamed()
    {
        using var response = await SendAsync(Field("user_id", _user), Part("file", "filename=\"\"", ""));

        await response.ShouldRefuseAsync("filename");
    }

    [Theory]
    [InlineData("not multipart at all", 400)]
    [InlineData("", 400)]
    [InlineData("--b\r\n\r\nno disposition\r\n--b--\r\n", 400)]
    public async Task Upload_BodyThatIsNotAForm_IsRefused(string body, int status)
    {
        using var response = await fixture.Gateway.Http.PostFormAsync($"/v1/files?user_id={_user}", body);

        await response.ShouldBeProblemAsync(status);
    }

    [Theory]
    [InlineData("application/json", 415)]
    [InlineData("multipart/mixed; boundary=b", 415)]
    [InlineData("multipart/form-data", 400)]
    public async Task Upload_WrongContentType_IsRefused(string contentType, int status)
    {
        using var content = new ByteArrayContent([]);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);

        using var response = await fixture.Gateway.Http.PostAsync("/v1/files", content, TestContext.Current.CancellationToken);

        await response.ShouldBeProblemAsync(status);
    }

    private Task<HttpResponseMessage> SendAsync(params string[] parts) => PostAsync("/v1/files", parts);

    private Task<HttpResponseMessage> PostAsync(string path, params string[] parts) =>
        fixture.Gateway.Http.PostFormAsync(path, Form(parts));
}
