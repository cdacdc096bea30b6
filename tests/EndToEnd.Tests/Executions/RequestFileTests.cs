using System.Security.Cryptography;
using System.Text;
using CodeInterpreter.TestServers;

namespace CodeInterpreter.EndToEnd.Tests.Executions;

/// <summary>Files that come with a request, and those that a request asks for with its result.</summary>
public sealed class RequestFileTests(StandaloneFixture product)
{
    private readonly string _user = StandaloneFixture.NewUser();

    [Fact]
    public async Task StoredFiles_GivenNames_AreThereUnderTheseNames()
    {
        var made = await product.ExecuteAsync(_user, "open('a.txt', 'w').write('first'); open('b.txt', 'w').write('second')");
        var (first, second) = (made.File("a.txt").Text("file_id"), made.File("b.txt").Text("file_id"));

        var result = await product.PostAsync(
            new
            {
                user_id = _user,
                code = $"""
                print(open('b.txt').read(), open('in/c.txt').read(), open('b (2).txt').read())
                print(load_file('{first}'), load_file('in/c.txt'))
                open('in/c.txt', 'w').write('changed')
                """,
                user_files = new object[]
                {
                    second,
                    new { file_id = first, filename = "b.txt" },
                    new { file_id = first, filename = "in/c.txt" },
                },
            }
        );

        result.Text("error").ShouldBe("");
        result.Text("output").ShouldBe("first first second\nfirst first\n");
        result.FileNames().ShouldBe(["in/c.txt"]);
        result.File("in/c.txt").Text("modified_from").ShouldBe(first);
    }

    // Code that asks for `data` while no such sandbox is ready gets a bare one rather than wait.
    [Theory]
    [InlineData("bare", "False\n")]
    [InlineData("data", "True\n")]
    public Task Profile_DecidesWhatIsImportedAhead(string profile, string expected) =>
        Eventually.TrueAsync(async () =>
            (
                await product.PostAsync(
                    new
                    {
                        user_id = _user,
                        code = "import sys\nprint('pandas' in sys.modules)",
                        profile,
                    }
                )
            ).Text("output") == expected
        );

    [Fact]
    public async Task InlineFiles_AreThereUnderTheirNamesAndAreNotStored()
    {
        byte[] bytes = [0, 255, 13, 10, 128];
        var result = await product.PostAsync(
            new
            {
                user_id = _user,
                code = """
                print(open('größe.csv').read(), load_file('größe.csv').shape)
                print(list(open('in/raw.bin', 'rb').read()), open('empty.txt').read() == '')
                """,
                files = new object[]
                {
                    new { filename = "größe.csv", data = Encoding.UTF8.GetBytes("x,y\n1,2") },
                    new { filename = "in/raw.bin", data = bytes },
                    new { filename = "empty.txt", data = "" },
                },
            }
        );

        result.Text("error").ShouldBe("");
        result.Text("output").ShouldBe("x,y\n1,2 (1, 2)\n[0, 255, 13, 10, 128] True\n");
        result.FileNames().ShouldBeEmpty("they were not changed");
        var files = await product.Http.ListFilesAsync(_user);
        files
            .Select(file => (file.Text("filename"), file.Text("source")))
            .ShouldBe([("größe.csv", "uploaded"), ("in/raw.bin", "uploaded"), ("empty.txt", "uploaded")], ignoreOrder: true);
        var raw = files.Single(file => file.Text("filename") == "in/raw.bin");
        (await product.DownloadAsync(_user, raw.Text("file_id"))).ShouldBe(bytes);
        var next = await product.ExecuteAsync(_user, "print(len(open('in/raw.bin', 'rb').read()))", raw.Text("file_id"));
        next.Text("output").ShouldBe("5\n");
    }

    [Fact]
    public async Task IncludedData_OfSmallFiles_IsThatOfTheDownloadUpToTheLimit()
    {
        var result = await product.PostAsync(
            new
            {
                user_id = _user,
                include_data = true,
                code = """
                import os
                for name, size in ('a-large', (1 << 20) + 1), ('b', 1 << 20), ('c', 1 << 20), ('d-late', 1), ('e-empty', 0):
                    open(name, 'wb').write(os.urandom(size))
                """,
            }
        );

        foreach (var file in result.Objects("generated_files"))
        {
            var content = await product.DownloadAsync(_user, file.Text("file_id"));
            if (file.Text("filename") is "a-large" or "d-late")
                file["data"].ShouldBeNull(file.Text("filename"));
            else
                Convert.FromBase64String(file.Text("data")).ShouldBe(content, file.Text("filename"));
            Convert.ToHexStringLower(SHA256.HashData(content)).ShouldBe(file.Text("sha256"));
        }

        result.FileNames().ShouldBe(["a-large", "b", "c", "d-late", "e-empty"]);
    }

    [Fact]
    public async Task IncludedData_NotAskedFor_IsNotThere() =>
        (await product.ExecuteAsync(_user, "open('a', 'w').write('x')")).File("a")["data"].ShouldBeNull();
}
