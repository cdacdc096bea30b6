using CodeInterpreter.TestDiscord.Conversations;
using CodeInterpreter.TestDiscord.Model;
using Microsoft.AspNetCore.Http;

namespace CodeInterpreter.Discord.Tests.EndToEnd;

/// <summary>Files that people attach: the bot takes what Discord's hosts have, and as much of it as was announced.</summary>
[Collection(nameof(GatewayBot))]
public sealed class AttachmentTests(GatewayBot bot)
{
    private const string Code = "print('ran')";

    private readonly DiscordServer _discord = bot.Discord;
    private readonly Person _ada = bot.Discord.NewPerson("Ada");

    [Fact]
    public async Task ALargeFile_IsRefusedBeforeItIsFetched()
    {
        var downloads = _discord.Files.Downloads;

        var run = await RunAsync(new Upload("huge.csv", [1]) { ReportedSize = 600L << 20 });

        ShouldBeRefused(run, "huge.csv");
        _discord.Files.Downloads.ShouldBe(downloads);
    }

    [Fact]
    public async Task AFileLargerThanAnnounced_IsNotReadAnyFurther()
    {
        var hasEnded = new TaskCompletionSource();
        var address = _discord.Files.Add("1", _discord.Ids.Next(), "endless.bin", ServeAsync);

        var run = await RunAsync(new Upload("endless.bin", new byte[1000]) { Address = address });

        ShouldBeRefused(run, "endless.bin");
        await hasEnded.Task;

        async Task ServeAsync(HttpContext context)
        {
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(new byte[1 << 16]);
            hasEnded.SetResult();
        }
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("https://cdn.discordapp.com.example.org/attachments/1/2/a.txt")]
    [InlineData("https://cdn.discordapp.com@127.0.0.1/attachments/1/2/a.txt")]
    [InlineData("file:///etc/passwd")]
    public async Task AnotherHost_IsNeverAsked(string address)
    {
        var run = await RunAsync(new Upload("a.txt", [1]) { Address = new Uri(address) });

        ShouldBeRefused(run, "a.txt");
    }

    [Fact]
    public async Task ARedirect_IsNotFollowed()
    {
        var wasAsked = false;
        var elsewhere = _discord.Files.Add(
            "1",
            _discord.Ids.Next(),
            "secret",
            context =>
            {
                wasAsked = true;
                return context.Response.WriteAsync("secret");
            }
        );
        var address = _discord.Files.Add(
            "1",
            _discord.Ids.Next(),
            "a.txt",
            context =>
            {
                context.Response.Redirect(elsewhere.ToString());
                return Task.CompletedTask;
            }
        );

        var run = await RunAsync(new Upload("a.txt", "secret"u8.ToArray()) { Address = address });

        ShouldBeRefused(run, "a.txt");
        wasAsked.ShouldBeFalse();
    }

    [Fact]
    public async Task AnAddressThatHasExpired_IsExplained()
    {
        var expired = new Uri($"{_discord.Address}/attachments/1/2/a.txt?ex=0&is=0&hm=0&");

        ShouldBeRefused(await RunAsync(new Upload("a.txt", [1]) { Address = expired }), "a.txt");
    }

    private static void ShouldBeRefused(Conversation run, string name)
    {
        run.Original!.Content.ShouldContain(name);
        run.Original.Content.ShouldNotContain("ran");
        run.Original.Files.ShouldBeEmpty();
    }

    private Task<Conversation> RunAsync(Upload upload) => bot.RunAsync(_ada, Code, ("file1", upload));
}
