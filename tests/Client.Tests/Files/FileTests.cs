using System.Security.Cryptography;
using System.Text;

namespace CodeInterpreter.Client.Tests.Files;

/// <summary>Stored files.</summary>
public sealed class FileTests(ProductFixture product)
{
    private const int Megabyte = 1 << 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task File_IsStoredUsedByNameAndRead()
    {
        using var client = product.NewClient();

        var stored = await client.Files.UploadAsync(
            new MemoryStream("x,y\n1,2\n3,4\n"u8.ToArray()),
            "points.csv",
            cancellationToken: Token
        );
        var result = await client.RunAsync(
            new ExecutionRequest("print(open('points.csv').readline(), open('in/again.csv').readline())")
            {
                Files = [InputFile.FromStore(stored.FileId), InputFile.FromStore(stored.FileId, "in/again.csv")],
            },
            Token
        );

        (stored.Filename, stored.Size, stored.Type, stored.Source, stored.ExecutionId).ShouldBe(
            ("points.csv", 12, "data", FileSource.Uploaded, null)
        );
        result.Output.ShouldBe("x,y\n x,y\n\n");
        (await client.RunAsync($"print(load_file('{stored.FileId}').sum().to_dict())", Token)).Output.ShouldBe("{'x': 4, 'y': 6}\n");
        Encoding.UTF8.GetString(await client.Files.ReadBytesAsync(stored.FileId, Token)).ShouldBe("x,y\n1,2\n3,4\n");
    }

    [Fact]
    public async Task EverythingOfAUser_IsDeleted_AndARunningExecutionIsCancelled()
    {
        using var client = product.NewClient();
        await client.Files.UploadAsync(new MemoryStream("1"u8.ToArray()), "a.txt", cancellationToken: Token);
        await client.RunAsync("open('b.txt', 'w').write('2')", Token);
        var running = await client.SubmitAsync("while True: pass", Token);

        var deleted = await client.DeleteUserDataAsync(Token);

        deleted.ShouldBe(new DeletedUserData(2, 2));
        (await client.Files.GetUsageAsync(Token)).Files.ShouldBe(0);
        (
            await Should.ThrowAsync<CodeInterpreterException>(() =>
                client.Executions.GetAsync(running.ExecutionId, cancellationToken: Token)
            )
        ).Reason.ShouldBe(ErrorReasons.NotFound);
    }

    [Fact]
    public async Task File_OfFiftyMegabytes_IsUploadedAndDownloadedWithProgress()
    {
        using var client = product.NewClient();
        var content = RandomNumberGenerator.GetBytes(50 * Megabyte);
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, content, Token);
            var (sent, received) = (new Progress(), new Progress());

            var stored = await client.Files.UploadFileAsync(path, "big.bin", new UploadOptions { Progress = sent }, Token);
            await using var back = new FileStream(path, FileMode.Create);
            await client.Files.DownloadAsync(stored.FileId, back, new DownloadOptions { Progress = received }, Token);
            back.Position = 0;

            Convert.ToHexString(await SHA256.HashDataAsync(back, Token)).ShouldBe(Convert.ToHexString(SHA256.HashData(content)));
            foreach (var progress in new[] { sent, received })
            {
                progress.Reports.Select(report => report.Bytes).ShouldBeInOrder();
                progress.Reports.Count.ShouldBeGreaterThan(100);
                progress.Reports[^1].ShouldBe(new TransferProgress(50 * Megabyte, 50 * Megabyte));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Download_WithARange_ResumesAnEarlierOne()
    {
        using var client = product.NewClient();
        var stored = await client.Files.UploadAsync(new MemoryStream("0123456789"u8.ToArray()), "digits.txt", cancellationToken: Token);

        (await ReadAsync(new DownloadOptions { Offset = 7 })).ShouldBe("789");
        (await ReadAsync(new DownloadOptions { Offset = 2, Length = 3 })).ShouldBe("234");
        (await ReadAsync(new DownloadOptions { Offset = 8, Length = 30 })).ShouldBe("89");
        (await ReadAsync(new DownloadOptions { Offset = 10 })).ShouldBe("");
        var failure = await Should.ThrowAsync<CodeInterpreterException>(() => ReadAsync(new DownloadOptions { Offset = 11 }));
        failure.Reason.ShouldBe(ErrorReasons.OutOfRange);

        async Task<string> ReadAsync(DownloadOptions options)
        {
            using var content = new MemoryStream();
            await client.Files.DownloadAsync(stored.FileId, content, options, Token);
            return Encoding.UTF8.GetString(content.ToArray());
        }
    }

    [Fact]
    public async Task Download_ConnectionBreaks_Continues()
    {
        await using var proxy = new TcpProxy(product.Address);
        using var client = ProductFixture.NewClient(proxy);
        var content = RandomNumberGenerator.GetBytes(8 * Megabyte);
        var stored = await client.Files.UploadAsync(new MemoryStream(content), "big.bin", cancellationToken: Token);

        using var back = new MemoryStream();
        await using (var download = await client.Files.OpenAsync(stored.FileId, cancellationToken: Token))
        {
            var buffer = new byte[Megabyte];
            await download.ReadExactlyAsync(buffer, Token);
            back.Write(buffer);
            proxy.Cut();
            await download.CopyToAsync(back, Token);
        }

        back.ToArray().ShouldBe(content);
        proxy.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task Upload_ConnectionBreaks_IsRepeatedAndStoredOnce()
    {
        await using var proxy = new TcpProxy(product.Address);
        using var client = ProductFixture.NewClient(proxy);
        var content = RandomNumberGenerator.GetBytes(8 * Megabyte);
        var cut = 0;
        var progress = new Progress(report =>
        {
            if (report.Bytes > 2 * Megabyte && Interlocked.Exchange(ref cut, 1) == 0)
                proxy.Cut();
        });

        var stored = await client.Files.UploadAsync(new MemoryStream(content), "big.bin", new UploadOptions { Progress = progress }, Token);

        proxy.Connections.ShouldBe(2);
        (await client.Files.ReadBytesAsync(stored.FileId, Token)).ShouldBe(content);
        (await ListAsync(client)).Select(file => file.FileId).ShouldBe([stored.FileId]);
    }

    [Fact]
    public async Task Upload_OtherContentThanAnnounced_IsRefused()
    {
        using var client = product.NewClient();

        var failure = await Should.ThrowAsync<CodeInterpreterException>(() =>
            client.Files.UploadAsync(new MemoryStream([1]), "a.bin", new UploadOptions { Sha256 = new string('0', 64) }, Token)
        );

        failure.Reason.ShouldBe(ErrorReasons.DataLoss);
        (await ListAsync(client)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_SameUploadId_IsTheSameFile()
    {
        using var client = product.NewClient();
        var options = new UploadOptions { UploadId = "report-7" };

        var first = await client.Files.UploadAsync(new MemoryStream([1]), "a.bin", options, Token);
        var second = await client.Files.UploadAsync(new MemoryStream([1]), "a.bin", options, Token);

        second.FileId.ShouldBe(first.FileId);
    }

    [Fact]
    public async Task Upload_OverTheQuota_HasThatReason()
    {
        using var client = product.NewClient();
        await client.Files.UploadAsync(new MemoryStream(new byte[49 * Megabyte]), "a.bin", cancellationToken: Token);
        await client.Files.UploadAsync(new MemoryStream(new byte[49 * Megabyte]), "b.bin", cancellationToken: Token);

        var failure = await Should.ThrowAsync<CodeInterpreterException>(() =>
            client.Files.UploadAsync(new MemoryStream(new byte[49 * Megabyte]), "c.bin", cancellationToken: Token)
        );
        var usage = await client.Files.GetUsageAsync(Token);

        (failure.Reason, failure.IsTransient).ShouldBe((ErrorReasons.QuotaExceeded, false));
        (usage.Files, usage.Bytes, usage.MaxBytes).ShouldBe((2, 2 * 49 * Megabyte, 120_000_000));
    }

    [Fact]
    public async Task Upload_FileThatIsTooLarge_IsRefused()
    {
        using var client = product.NewClient();

        var failure = await Should.ThrowAsync<CodeInterpreterException>(() =>
            client.Files.UploadAsync(new MemoryStream(new byte[51 * Megabyte]), "a.bin", cancellationToken: Token)
        );

        (failure.Reason, failure.RetryDelay).ShouldBe((ErrorReasons.ResourceExhausted, null));
    }

    [Fact]
    public async Task Files_AreListedExtendedLinkedAndDeleted()
    {
        using var client = product.NewClient();
        var result = await client.RunAsync("open('made.txt', 'w').write('1')", Token);
        var uploaded = await client.Files.UploadAsync(new MemoryStream([1]), "sent.bin", cancellationToken: Token);
        var made = result.GeneratedFiles.Single();

        (await ListAsync(client)).Select(file => file.Filename).ShouldBe(["sent.bin", "made.txt"], ignoreOrder: true);
        (await ListAsync(client, new FileFilter { Source = FileSource.Generated })).Single().ExecutionId.ShouldBe(result.ExecutionId);
        (await ListAsync(client, new FileFilter { ExecutionId = result.ExecutionId, Type = "text" })).Single().FileId.ShouldBe(made.FileId);
        (await ListAsync(client, new FileFilter { NameContains = "SENT" })).Single().FileId.ShouldBe(uploaded.FileId);

        var extended = await client.Files.ExtendAsync(made.FileId, TimeSpan.FromDays(6), Token);
        extended.ExpiresAt.ShouldBeGreaterThan(made.ExpiresAt.AddDays(3));
        (await client.Files.GetAsync(made.FileId, Token)).ShouldBe(extended);

        var link = await client.Files.CreateLinkAsync(made.FileId, TimeSpan.FromMinutes(5), Token);
        using var http = new HttpClient();
        (await http.GetStringAsync(new Uri(product.Http, link.Url), Token)).ShouldBe("1");

        await client.Files.DeleteAsync(made.FileId, Token);
        foreach (
            var call in new Func<Task>[]
            {
                () => client.Files.GetAsync(made.FileId, Token),
                () => client.Files.OpenAsync(made.FileId, cancellationToken: Token),
                () => client.Files.DeleteAsync(made.FileId, Token),
            }
        )
            (await Should.ThrowAsync<CodeInterpreterException>(call)).Reason.ShouldBe(ErrorReasons.NotFound);
        (await client.Files.DeleteExpiredAsync(Token)).ShouldBe(0);
    }

    private static async Task<List<StoredFile>> ListAsync(CodeInterpreterClient client, FileFilter? filter = null)
    {
        var files = new List<StoredFile>();
        await foreach (var file in client.Files.ListAsync(filter, Token))
            files.Add(file);
        return files;
    }

    private sealed class Progress(Action<TransferProgress>? act = null) : IProgress<TransferProgress>
    {
        public List<TransferProgress> Reports { get; } = [];

        public void Report(TransferProgress value)
        {
            Reports.Add(value);
            act?.Invoke(value);
        }
    }
}
