using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace CodeInterpreter.EndToEnd.Tests;

/// <summary>Names of files on their whole way: from the code that writes them to the header that a browser saves them under.</summary>
public sealed class FileNameTests(StandaloneFixture product)
{
    private readonly string _user = StandaloneFixture.NewUser();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names =>
        [
            "CON",
            "NUL.txt",
            "aux.csv",
            "a:b?.txt",
            "trailing dot.",
            " leading space",
            "-rf",
            "~",
            "%2e%2e%2fup.txt",
            @"..\up.txt",
            "שלום.txt",
            "invoice\u202Egpj.exe",
            "e\u0301.txt",
            "\u00E9.txt",
            "👩‍👩‍👧‍👦.png",
            "zero\u200Bwidth.txt",
            "a;b=\"c\", d.txt",
            new string('n', 255),
            $"{new string('d', 200)}/{new string('f', 200)}/{new string('g', 200)}.txt",
        ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task FileName_AllowedByLinux_IsReturnedUnchanged(string name)
    {
        var nameInPython = $"bytes.fromhex('{Convert.ToHexString(Encoding.UTF8.GetBytes(name))}').decode()";
        var result = await product.ExecuteAsync(
            _user,
            $"""
            import os
            name = {nameInPython}
            os.makedirs(os.path.dirname(name) or '.', exist_ok=True)
            open(name, 'w').write('content')
            """
        );

        var file = result.Objects("generated_files").ShouldHaveSingleItem();
        file.Text("filename").ShouldBe(name);
        var download = await DownloadAsync(file.Text("file_id"));
        download.Content.ShouldBe("content");
        download.SavedAs.ShouldBe(name[(name.LastIndexOf('/') + 1)..]);

        var later = await product.ExecuteAsync(_user, $"print(open({nameInPython}).read())", file.Text("file_id"));
        later.Text("output").ShouldBe("content\n", later.Text("error"));
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../up.txt")]
    [InlineData("a/../../up.txt")]
    [InlineData("a//b.txt")]
    [InlineData("tab\t.txt")]
    [InlineData("escape\u001b[31m.txt")]
    [InlineData("separator\u2028.txt")]
    public async Task FileName_WithTraversalOrLineBreak_IsRefusedWithTheReason(string name)
    {
        using var form = new MultipartFormDataContent { { new StringContent(_user), "user_id" } };
        var part = new ByteArrayContent("content"u8.ToArray());
        part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "file", FileNameStar = name };
        form.Add(part);

        using var answer = await product.Http.PostAsync("/v1/files", form, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(Token)).ShouldContain("must");
    }

    [Fact]
    public async Task FileName_TooLongOrWithLineBreak_SkipsOnlyThatFile()
    {
        var result = await product.ExecuteAsync(
            _user,
            """
            import os
            deep = '/'.join(['d' * 200] * 6)
            os.makedirs(deep)
            open(deep + '/long.txt', 'w').write('x')
            open('line\nfeed.txt', 'w').write('x')
            open('good.txt', 'w').write('x')
            """
        );

        result.FileNames().ShouldBe(["good.txt"]);
        result.Objects("skipped_files").Select(file => file.Text("reason")).ShouldBe(["BadName", "BadName"]);
    }

    // What a browser makes of the header: the form of RFC 6266, in plain ASCII, that has all characters.
    private async Task<(string Content, string? SavedAs)> DownloadAsync(string fileId)
    {
        using var answer = await product.Http.GetAsync($"/v1/files/{fileId}/content?user_id={_user}", Token);
        var header = answer.Content.Headers.NonValidated["Content-Disposition"].ToString();
        header.ShouldAllBe(character => character >= ' ' && character < '\u007f');
        var disposition = ContentDispositionHeaderValue.Parse(header);
        disposition.DispositionType.ShouldBe("attachment");
        return (await answer.Content.ReadAsStringAsync(Token), disposition.FileNameStar ?? disposition.FileName?.Trim('"'));
    }
}
