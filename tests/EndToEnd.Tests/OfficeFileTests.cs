using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace CodeInterpreter.EndToEnd.Tests;

/// <summary>Files as people have them on their disks: uploaded, and loaded by code.</summary>
public sealed class OfficeFileTests(StandaloneFixture product)
{
    private const string Excel = "Straße;Betrag\r\nHauptstraße 5;12,50\r\nÖlmühlgasse 2;1.007,00\r\n";

    private readonly string _user = StandaloneFixture.NewUser();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LoadFile_EuropeanCsv_HasNumbersAndLettersAndReportsItsAssumptions()
    {
        var id = await UploadAsync("umsatz.csv", Encoding.Latin1.GetBytes(Excel));

        var result = await product.ExecuteAsync(_user, $"df = load_file('{id}')\nprint(list(df.columns), df.iloc[1, 0], df.Betrag.sum())");

        result.Text("output").ShouldBe("['Straße', 'Betrag'] Ölmühlgasse 2 1019.5\n", result.Text("error"));
        result
            .Text("error")
            .ShouldBe(
                "load_file: umsatz.csv: read as Windows-1252 (Western Europe); delimiter ';'; decimal comma. "
                    + "If that is wrong, pass encoding=, sep=, decimal=\n"
            );
    }

    [Theory]
    [InlineData("donn\u00e9es ao\u00fbt.csv", "donne\u0301es aou\u0302t.csv")]
    [InlineData("donne\u0301es aou\u0302t.csv", "donn\u00e9es ao\u00fbt.csv")]
    [InlineData("SPOILER_\u00dcber uns \u2013 1 \ud83d\ude00.csv", "U\u0308ber uns \u2013 1 \ud83d\ude00.csv")]
    public async Task LoadFile_NameInAnotherUnicodeForm_FindsTheFile(string sent, string asked)
    {
        var id = await UploadAsync(sent, "x\n5\n"u8.ToArray());

        var asIs = Convert.ToHexString(Encoding.UTF8.GetBytes(asked));
        var result = await product.ExecuteAsync(
            _user,
            $"name = bytes.fromhex('{asIs}').decode()\nprint(int(load_file(name).x[0]), open(load_file_path(name)).read()[0])",
            id
        );
        var stored = JsonNode.Parse(await product.Http.GetStringAsync($"/v1/files/{id}?user_id={_user}", Token))!;

        result.Text("output").ShouldBe("5 x\n", result.Text("error"));
        stored["filename"]!.GetValue<string>().ShouldBe(sent);
    }

    [Fact]
    public async Task LoadFile_TwoUploadsOfOneName_AreLoadedByTheirIds()
    {
        var first = await UploadAsync("image.csv", "x\n1\n"u8.ToArray());
        var second = await UploadAsync("image.csv", "x\n2\n"u8.ToArray());

        var result = await product.ExecuteAsync(
            _user,
            $"print(int(load_file('{first}').x[0]), int(load_file('{second}').x[0]))",
            first,
            second
        );

        result.Text("output").ShouldBe("1 2\n", result.Text("error"));
    }

    private async Task<string> UploadAsync(string name, byte[] content)
    {
        using var form = new MultipartFormDataContent { { new StringContent(_user), "user_id" } };
        var part = new ByteArrayContent(content);
        part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "file", FileNameStar = name };
        form.Add(part);
        using var answer = await product.Http.PostAsync("/v1/files", form, Token);
        answer.IsSuccessStatusCode.ShouldBeTrue();
        var uploaded = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!;
        return (uploaded["files"]?[0] ?? uploaded)["file_id"]!.GetValue<string>();
    }
}
