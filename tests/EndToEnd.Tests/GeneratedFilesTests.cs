using System.Text;

namespace CodeInterpreter.EndToEnd.Tests;

public sealed class GeneratedFilesTests(StandaloneFixture product)
{
    private readonly string _user = StandaloneFixture.NewUser();

    [Fact]
    public async Task Result_HasAllFieldsUnderTheirNames()
    {
        var result = await product.ExecuteAsync(_user, "open('report.txt', 'w').write('x' * 1234); print('done')");

        result["success"]!.GetValue<bool>().ShouldBeTrue();
        result.Text("output").ShouldBe("done\n");
        result.Text("error").ShouldBe("");
        result["execution_time"]!.GetValue<double>().ShouldBeGreaterThan(0);
        result["return_code"]!.GetValue<int>().ShouldBe(0);
        var file = result.Objects("generated_files").ShouldHaveSingleItem();
        file.Text("filename").ShouldBe("report.txt");
        file.Text("type").ShouldBe("text");
        file["size"]!.GetValue<long>().ShouldBe(1234);
        file.Text("file_id").ShouldStartWith(_user + "_");
        result["generated_file_ids"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldBe(file.Text("file_id"));
    }

    [Fact]
    public async Task GeneratedFiles_InFourFormats_HaveTheirTypes()
    {
        var result = await product.ExecuteAsync(
            _user,
            """
            import pandas as pd
            df = pd.DataFrame({'x': [1,2,3], 'y': [4,5,6]})

            # Export in multiple formats
            df.to_csv('data.csv', index=False)
            df.to_json('data.json', orient='records')
            df.to_excel('data.xlsx', index=False)

            with open('summary.txt', 'w') as f:
                f.write(df.describe().to_string())

            print('Exported to 4 formats!')
            """
        );

        result.Text("output").ShouldBe("Exported to 4 formats!\n");
        result
            .Objects("generated_files")
            .Select(file => (file.Text("filename"), file.Text("type")))
            .ShouldBe([("data.csv", "data"), ("data.json", "structured"), ("data.xlsx", "data"), ("summary.txt", "text")]);
        Encoding
            .UTF8.GetString(await product.DownloadAsync(_user, result.File("data.csv").Text("file_id")))
            .ShouldBe("x,y\n1,4\n2,5\n3,6\n");
    }

    [Fact]
    public async Task GeneratedFiles_OfEveryKind_AreReturnedUnchanged()
    {
        var result = await product.ExecuteAsync(
            _user,
            """
            import os
            os.makedirs('a/b/c', exist_ok=True)
            for name in ['plain.txt', 'a/b/c/nested.txt', '.hidden', 'empty.bin', 'no_extension', 'größe 日本 😀.txt',
                         'two.tar.gz', "quote'\"#.txt", 'UPPER.CSV', 'a/plain.txt']:
                with open(name, 'wb') as f:
                    f.write(b'' if name == 'empty.bin' else name.encode())
            """
        );

        result
            .FileNames()
            .ShouldBe(
                [
                    "plain.txt",
                    "a/b/c/nested.txt",
                    ".hidden",
                    "empty.bin",
                    "no_extension",
                    "größe 日本 😀.txt",
                    "two.tar.gz",
                    "quote'\"#.txt",
                    "UPPER.CSV",
                    "a/plain.txt",
                ],
                ignoreOrder: true
            );
        foreach (var file in result.Objects("generated_files"))
        {
            var name = file.Text("filename");
            var expected = name == "empty.bin" ? [] : Encoding.UTF8.GetBytes(name);
            (await product.DownloadAsync(_user, file.Text("file_id"))).ShouldBe(expected, name);
        }
    }

    [Fact]
    public async Task GeneratedFile_AboveTheLimit_IsSkippedWithItsSizeAndOthersAreStored()
    {
        var result = await product.ExecuteAsync(
            _user,
            """
            open('before.txt', 'w').write('a')
            with open('huge.bin', 'wb') as f:
                f.truncate(50 * 1024 * 1024 + 1)
            open('later.txt', 'w').write('b')
            """
        );

        result.FileNames().ShouldBe(["before.txt", "later.txt"]);
        var skipped = result.Objects("skipped_files").ShouldHaveSingleItem();
        skipped.Text("path").ShouldBe("huge.bin");
        skipped.Text("reason").ShouldBe("TooLarge");
        skipped["size"]!.GetValue<long>().ShouldBe((50 * 1024 * 1024) + 1);
        skipped.Text("detail").ShouldContain("52,428,800");
    }

    [Fact]
    public async Task GeneratedFile_OfExactlyTheLimit_IsStored()
    {
        var result = await product.ExecuteAsync(
            _user,
            "with open('full.bin', 'wb') as f:\n    [f.write(b'x' * 1024 * 1024) for _ in range(50)]"
        );

        result.File("full.bin")["size"]!.GetValue<long>().ShouldBe(50 * 1024 * 1024);
        (await product.DownloadAsync(_user, result.File("full.bin").Text("file_id"))).LongLength.ShouldBe(50 * 1024 * 1024);
    }

    [Fact]
    public async Task GeneratedFiles_LinksAndSpecialFiles_AreSkippedWithAReason()
    {
        var result = await product.ExecuteAsync(
            _user,
            """
            import os
            os.symlink('/etc/passwd', 'link.txt')
            os.symlink('/etc', 'folder')
            os.mkfifo('pipe')
            open('good.txt', 'w').write('fine')
            """
        );

        result.FileNames().ShouldBe(["good.txt"]);
        result
            .Objects("skipped_files")
            .Select(entry => (entry.Text("path"), entry.Text("reason")))
            .ShouldBe([("folder", "Link"), ("link.txt", "Link"), ("pipe", "SpecialFile")], ignoreOrder: true);
    }

    [Fact]
    public async Task GeneratedFiles_OutsideTheWorkingDirectory_AreNamed()
    {
        var result = await product.ExecuteAsync(
            _user,
            "import pathlib\npathlib.Path('/tmp/a.csv').write_text('abc')\n(pathlib.Path.home() / 'b.csv').write_text('b')\n1 / 0"
        );

        result.FileNames().ShouldBeEmpty();
        result
            .Objects("left_behind")
            .Select(file => (file.Text("path"), file["size"]!.GetValue<int>()))
            .ShouldBe([("/home/sandbox/b.csv", 1), ("/tmp/a.csv", 3)]);
    }

    [Fact]
    public async Task GeneratedFiles_BesideTheScript_AreInputsAndOutputs()
    {
        var result = await product.PostAsync(
            new
            {
                user_id = _user,
                code = "import os, pathlib\nhere = os.path.dirname(os.path.abspath(__file__))\n"
                    + "print(open(os.path.join(here, 'main.py')).read())\n"
                    + "pathlib.Path(here, 'beside.txt').write_text('kept')",
                files = new[] { new { filename = "main.py", data = Convert.ToBase64String("an input"u8) } },
            }
        );

        result.Text("output").ShouldBe("an input\n");
        result.FileNames().ShouldBe(["beside.txt"]);
    }

    [Fact]
    public async Task GeneratedFile_NameThatIsNotUtf8_IsTheOnlyOneSkipped()
    {
        var result = await product.ExecuteAsync(
            _user,
            "open(b'bad\\xc3.txt', 'w').close(); open('tab\\t.txt', 'w').close(); open('good.txt', 'w').close()"
        );

        result.FileNames().ShouldBe(["good.txt"]);
        result.Objects("skipped_files").Select(entry => entry.Text("reason")).ShouldBe(["BadName", "BadName"]);
    }

    [Fact]
    public async Task GeneratedFile_ChangedInput_NamesTheInput()
    {
        var first = await product.ExecuteAsync(_user, "open('log.txt', 'w').write('one\\n')");
        var fileId = first.Text("generated_file_ids", 0);

        var second = await product.ExecuteAsync(_user, "open('log.txt', 'a').write('two\\n')", fileId);

        var changed = second.File("log.txt");
        changed.Text("modified_from").ShouldBe(fileId);
        changed.Text("file_id").ShouldNotBe(fileId);
        Encoding.UTF8.GetString(await product.DownloadAsync(_user, changed.Text("file_id"))).ShouldBe("one\ntwo\n");
        Encoding.UTF8.GetString(await product.DownloadAsync(_user, fileId)).ShouldBe("one\n");
    }

    [Fact]
    public async Task GeneratedFile_ChartThatIsShown_IsSaved()
    {
        var result = await product.ExecuteAsync(
            _user,
            "import matplotlib.pyplot as plt\nplt.plot([1, 4, 9])\nplt.title('squares')\nplt.show()"
        );

        var chart = result.Objects("generated_files").ShouldHaveSingleItem();
        (chart.Text("type"), chart.Text("mime_type")).ShouldBe(("image", "image/png"));
        (await product.DownloadAsync(_user, chart.Text("file_id")))[..4].ShouldBe([0x89, 0x50, 0x4E, 0x47]);
        result.Text("error").ShouldBe("");
    }
}
