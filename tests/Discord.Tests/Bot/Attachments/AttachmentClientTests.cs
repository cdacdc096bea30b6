using System.Net;
using CodeInterpreter.Discord.Bot;
using CodeInterpreter.Discord.Bot.Attachments;
using CodeInterpreter.Discord.Bot.Requests;
using CodeInterpreter.Discord.Bot.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Discord.Tests.Bot.Attachments;

public sealed class AttachmentClientTests : IDisposable
{
    private const string Address = "https://cdn.discordapp.com/a.csv";

    private readonly AttachmentServer _server = new();
    private readonly HttpClient _http;
    private readonly AttachmentClient _client;

    public AttachmentClientTests()
    {
        _http = new HttpClient(_server);
        _client = new AttachmentClient(_http, Options.Create(new BotOptions { MaxAttachmentBytes = 100 }));
    }

    [Fact]
    public async Task AnAttachment_IsReadAsItIs()
    {
        _server.Serve(Address, [1, 2, 3]);
        (await ReadAsync(File(3))).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task AnEmptyAttachment_IsReadToo()
    {
        _server.Serve(Address, []);
        (await ReadAsync(File(0))).ShouldBeEmpty();
    }

    [Fact]
    public async Task AnAttachmentAboveTheLimit_IsNotEvenFetched()
    {
        (await RefusedAsync(File(101))).ShouldBe("`a.csv` has 101 bytes. An attachment may have 100 bytes. Send less.");
        _server.Called.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task AnotherSizeThanAnnounced_IsRefused(int size)
    {
        _server.Serve(Address, new byte[size]);
        (await RefusedAsync(File(3))).ShouldContain("another size");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(1_000_000)]
    public async Task AnotherSizeThanAnnounced_IsRefusedWhileReading_WhereTheServerSaysNone(int size)
    {
        var content = new EndlessStream(size);
        _server.Answers[Address] = () => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(content) };
        (await RefusedAsync(File(3))).ShouldContain("another size");
        content.Given.ShouldBeLessThan(200_000);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "does not have")]
    [InlineData(HttpStatusCode.Forbidden, "does not have")]
    [InlineData(HttpStatusCode.Redirect, "did not send")]
    [InlineData(HttpStatusCode.InternalServerError, "did not send")]
    [InlineData(HttpStatusCode.PartialContent, "did not send")]
    public async Task AnythingButTheFile_IsRefused(HttpStatusCode status, string expected)
    {
        _server.Answers[Address] = () => new HttpResponseMessage(status) { Content = new ByteArrayContent([1, 2, 3]) };
        (await RefusedAsync(File(3))).ShouldContain(expected);
    }

    [Theory]
    [InlineData("not an address")]
    [InlineData("/a.csv")]
    [InlineData("https://evil.example/a.csv")]
    public async Task AnotherPlace_IsNeverCalled(string url)
    {
        (await RefusedAsync(File(3) with { Url = url })).ShouldContain("not on Discord's servers");
        _server.Called.ShouldBeEmpty();
    }

    [Fact]
    public async Task Code_HasToBeText()
    {
        _server.Serve(Address, [0xff, 0xfe, 0x00]);
        var read = () => _client.ReadTextAsync(File(3) with { IsCode = true }, TestContext.Current.CancellationToken);
        (await read.ShouldThrowAsync<AttachmentException>()).Message.ShouldContain("not UTF-8 text");
    }

    // With the client that the service registers.
    [Fact]
    public async Task ARedirect_IsNotFollowed()
    {
        var token = TestContext.Current.CancellationToken;
        var secrets = 0;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapGet("/a.csv", () => Results.Redirect("/secret"));
        app.MapGet("/secret", () => Interlocked.Increment(ref secrets));
        await app.StartAsync(token);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder().AddInMemoryCollection([new("Discord:Bot:TestAttachmentBase", app.Urls.Single())]).Build()
        );
        services.AddBot();
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<AttachmentClient>();

        var read = () => client.ReadTextAsync(File(3) with { Url = $"{app.Urls.Single()}/a.csv" }, token);

        (await read.ShouldThrowAsync<AttachmentException>()).Message.ShouldContain("did not send");
        secrets.ShouldBe(0);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5001", true)]
    [InlineData("http://localhost:5001", true)]
    [InlineData("https://evil.example", false)]
    [InlineData("file:///etc", false)]
    public void TheSettingForTests_TakesOnlyThisMachine(string address, bool isTaken) =>
        new BotOptionsRules().Validate(null, new BotOptions { TestAttachmentBase = new Uri(address) }).Succeeded.ShouldBe(isTaken);

    public void Dispose() => _http.Dispose();

    private static RequestedFile File(long size) =>
        new()
        {
            Name = "a.csv",
            Size = size,
            Url = Address,
        };

    private Task<byte[]> ReadAsync(RequestedFile file) =>
        _client.ReadAsync(
            file,
            async content =>
            {
                using var bytes = new MemoryStream();
                await content.CopyToAsync(bytes);
                return bytes.ToArray();
            },
            TestContext.Current.CancellationToken
        );

    private async Task<string> RefusedAsync(RequestedFile file) =>
        (await Should.ThrowAsync<AttachmentException>(() => ReadAsync(file))).Message;

    /// <summary>Gives that many bytes, and says before how many it gives to nobody.</summary>
    private sealed class EndlessStream(int size) : Stream
    {
        public int Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var given = Math.Min(count, size - Given);
            Given += given;
            return given;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
