namespace CodeInterpreter.Client.Tests.Files;

/// <summary>Names that code chose.</summary>
public sealed class FileNameTests(ProductFixture product)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a/b.txt", "a/b.txt")]
    [InlineData("日本 ä.csv", "日本 ä.csv")]
    [InlineData("../../etc/passwd", "_/_/etc/passwd")]
    [InlineData("/etc/passwd", "etc/passwd")]
    [InlineData(@"..\..\boot.ini", ".._.._boot.ini")]
    [InlineData("C:/x:y.txt", "C_/x_y.txt")]
    [InlineData("CON", "_CON")]
    [InlineData("nul.tar.gz", "_nul.tar.gz")]
    [InlineData("com1 .txt", "_com1 .txt")]
    [InlineData("photo\u202Egpj.exe", "photo_gpj.exe")]
    [InlineData("a\u200Bb\u2028c\n.txt", "a_b_c_.txt")]
    [InlineData("trailing. . ", "trailing")]
    [InlineData("<a>|\"b\"?*", "_a___b___")]
    [InlineData("", "_")]
    [InlineData("//", "_")]
    [InlineData("...", "_")]
    public void LocalName_OfAHostileName_IsHarmless(string filename, string expected) =>
        LocalFileName.From(filename).ShouldBe(expected.Replace('/', Path.DirectorySeparatorChar));

    [Fact]
    public void LocalName_OfALongName_KeepsTheExtension()
    {
        var name = LocalFileName.From(string.Concat(Enumerable.Repeat("𝄞", 200)) + ".csv");

        name.Length.ShouldBeLessThanOrEqualTo(120);
        name.ShouldEndWith("𝄞.csv");
    }

    [Fact]
    public async Task Download_HostileFiles_StayInTheDirectoryAndReplaceNothing()
    {
        using var client = product.NewClient();
        var directory = Directory.CreateTempSubdirectory("code-interpreter-test-").FullName;
        try
        {
            var result = await client.RunAsync("open('..\\\\up\\u202e.txt', 'w').write('1')\nopen('CON', 'w').write('2')", Token);
            var paths = new List<string>();
            foreach (var file in result.GeneratedFiles.Concat(result.GeneratedFiles))
                paths.Add(await client.Files.DownloadToDirectoryAsync(file.FileId, directory, cancellationToken: Token));

            result.GeneratedFiles.Select(file => file.Filename).ShouldBe(["..\\up\u202e.txt", "CON"], ignoreOrder: true);
            paths
                .Select(path => Path.GetRelativePath(directory, path))
                .ShouldBe([".._up_.txt", ".._up_ (2).txt", "_CON", "_CON (2)"], ignoreOrder: true);
            Directory.GetFileSystemEntries(directory).Length.ShouldBe(4);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Theory]
    [InlineData("a\nb.txt")]
    [InlineData("../x")]
    [InlineData("/x")]
    [InlineData("")]
    public async Task Upload_InvalidName_IsRefused(string filename)
    {
        using var client = product.NewClient();

        var failure = await Should.ThrowAsync<CodeInterpreterException>(() =>
            client.Files.UploadAsync(new MemoryStream([1]), filename, cancellationToken: Token)
        );

        failure.Reason.ShouldBe(ErrorReasons.InvalidArgument);
        failure.Violations.Single().Field.ShouldEndWith("filename");
    }
}
