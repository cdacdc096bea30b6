using System.Text;
using System.Text.RegularExpressions;
using CodeInterpreter.TestDiscord.Conversations;
using CodeInterpreter.TestDiscord.Model;
using CodeInterpreter.TestDiscord.Rules;

namespace CodeInterpreter.Discord.Tests.EndToEnd;

/// <summary>/run over the gateway.</summary>
[Collection(nameof(GatewayBot))]
public sealed partial class RunTests(GatewayBot bot)
{
    private readonly DiscordServer _discord = bot.Discord;
    private readonly Person _ada = bot.Discord.NewPerson("Ada");

    [Fact]
    public async Task Export_InFourFormats_ShowsTheOutput_AndSendsEveryFileWithItsId()
    {
        var run = await bot.RunAsync(
            _ada,
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

        run.AnswerType.ShouldBe(CallbackRules.DeferredMessage, "at once, and then the answer");
        var answer = run.Original!;
        answer.Content.ShouldContain("```ansi\nExported to 4 formats!\n```");
        answer.Content.ShouldContain("Generated 4 file(s):");
        answer.Content.ShouldMatch(@"`data\.csv` \(data, 16 bytes\) ID `[0-9]+_[0-9]+_[0-9a-z]+`");
        answer.Content.ShouldMatch(
            @"`data\.json` \(structured, .*`data\.xlsx` \(data, .*`summary\.txt` \(text, ".Replace(".*", "[\\s\\S]*")
        );
        IdsOf(answer).ShouldAllBe(id => id.StartsWith($"{_ada.Id}_", StringComparison.Ordinal));
        answer.Files.Select(file => file.FileName).ShouldBe(["data.csv", "data.json", "data.xlsx", "summary.txt"], ignoreOrder: true);
        Encoding.UTF8.GetString(answer.File("data.csv").Bytes).ShouldBe("x,y\n1,4\n2,5\n3,6\n");
        answer.File("data.xlsx").Bytes[..2].ShouldBe("PK"u8.ToArray());
    }

    [Fact]
    public async Task AGeneratedFile_IsLoadedByItsId_InAnyPlace_ByItsOwnerOnly()
    {
        var first = await bot.RunAsync(_ada, "open('results.csv', 'w').write('a,b\\n1,2\\n3,4\\n')");
        var code = $"df = load_file('{IdsOf(first.Original!).Single()}')\nprint(f'Loaded {{len(df)}} rows')";

        var direct = _discord.Interactions.Slash(_ada, _discord.DirectMessage, _discord.Command("run"), [("code", code)]);
        var later = await _discord.SendAsync(_ada, direct);
        await bot.FinishedAsync(later);
        var others = await bot.RunAsync(_discord.NewPerson("Eve"), code);

        later.Original!.Content.ShouldContain("Loaded 2 rows");
        others.Original!.Content.ShouldContain("FileNotFoundError");
        others.Original.Content.ShouldNotContain("Loaded");
    }

    [Fact]
    public async Task FiveFilesAndStdin_AreGivenToTheCode()
    {
        var files = Enumerable.Range(1, 5).Select(n => ($"file{n}", (object)new Upload($"in{n}.txt", Encoding.UTF8.GetBytes($"<{n}>"))));

        var run = await bot.RunAsync(
            _ada,
            "import glob\nprint(input(), *[open(name).read() for name in sorted(glob.glob('in*.txt'))])",
            [("stdin", "hello"), .. files]
        );

        run.Original!.Content.ShouldContain("```ansi\nhello <1> <2> <3> <4> <5>\n```");
    }

    [Fact]
    public async Task LongOutput_IsShownInPart_AndSentWhole()
    {
        var run = await bot.RunAsync(_ada, "print('é' * 2001)\nfor i in range(30): print(i)");

        var answer = run.Original!;
        answer.Content.Length.ShouldBeLessThan(2000);
        answer.Content.Count(character => character == 'é').ShouldBeInRange(500, 1000);
        var whole = Encoding.UTF8.GetString(answer.File("output.txt").Bytes);
        whole.ShouldBe(new string('é', 2001) + "\n" + string.Concat(Enumerable.Range(0, 30).Select(n => $"{n}\n")));
    }

    [Fact]
    public async Task HostileOutputAndNames_NotifyNobody_AndStayInTheirBlock()
    {
        var run = await bot.RunAsync(
            _ada,
            """
            print('@everyone <@1234567890> <@&99> ```\nout of the block\n``` \u202egnp.exe `````` \x1b[31mred')
            names = '@everyone.txt', 'a`b```c.txt', '<@1>.txt', 'a b\u202e.txt', '-rf.txt', 'ü' * 60 + '.txt', '.hidden', '**bold**.md'
            for name in names:
                open(name, 'w').write('x')
            """
        );

        var messages = run.FollowUps.Prepend(run.Original!).ToList();
        messages.ShouldAllBe(message => message.Notified.Count == 0);
        messages.ShouldAllBe(message => message.AllowedMentions.Items("parse").Count == 0 && message.AllowedMentions.Has("parse"));
        var content = run.Original!.Content;
        Fence().Count(content).ShouldBe(2, content);
        content.ShouldContain("out of the block");
        content.ShouldContain("\u001b[31mred");
        content.ShouldNotContain("\u202e");
        content.ShouldNotContain("<@");
        content.ShouldContain("Generated 8 file(s)");
        messages.Sum(message => message.Files.Count).ShouldBe(8);
        messages.SelectMany(message => message.Files).ShouldAllBe(file => SafeName().IsMatch(file.FileName));
    }

    [Fact]
    public async Task MoreFilesThanAMessageTakes_FollowInFurtherMessages()
    {
        var run = await bot.RunAsync(_ada, "for i in range(13): open(f'{i:02}.txt', 'w').write(str(i))");

        await Eventually.TrueAsync(() => run.FollowUps.Sum(message => message.Files.Count) + run.Original!.Files.Count == 13);
        var ids = run.FollowUps.Prepend(run.Original!).SelectMany(IdsOf).Distinct().ToList();
        ids.Count.ShouldBe(13);
    }

    [Fact]
    public async Task AFileOverTheLimitOfThePlace_IsSentAsALink()
    {
        var poor = _ada with { AttachmentSizeLimit = 1000 };

        var run = await bot.RunAsync(poor, "open('big.bin', 'wb').write(b'x' * 1001)\nopen('small.bin', 'wb').write(b'x' * 1000)");

        run.Original!.Files.Select(file => file.FileName).ShouldBe(["small.bin"]);
        run.Original.Content.ShouldMatch($@"`big\.bin`.*{Regex.Escape(Product.LinkBase)}/");
    }

    [Fact]
    public async Task StoppedCode_SaysWhy_AndKeepsItsOutput()
    {
        var run = await bot.RunAsync(_ada, "print('before', flush=True)\nx = bytearray(10**10)");

        run.Original!.Content.ShouldContain("before");
        run.Original.Content.ShouldContain("memory", Case.Insensitive);
    }

    [Fact]
    public async Task AProgramThatWantsInput_GetsAHint()
    {
        var run = await bot.RunAsync(_ada, "input('Name? ')");

        run.Original!.Content.ShouldContain("stdin");
    }

    [Fact]
    public async Task LiveOutput_IsSeenBeforeTheEnd()
    {
        var run = await bot.RunAsync(_ada, "import time\nprint('early', flush=True)\ntime.sleep(3)\nprint('late')");

        var live = run.Versions.Where(version => version.Content.StartsWith('⏳')).ToList();
        live.ShouldContain(version => version.Content.Contains("early") && !version.Content.Contains("late"));
        run.Original!.Content.ShouldContain("early\nlate");
    }

    [Fact]
    public async Task PrivateRuns_AreSeenByTheirUserOnly()
    {
        var run = await bot.RunAsync(_ada, "print(1)\nfor i in range(12): open(f'{i}.txt', 'w').write('x')", ("private", true));

        await Eventually.TrueAsync(() => run.FollowUps.Count > 0);
        run.FollowUps.Prepend(run.Original!).ShouldAllBe(message => message.IsEphemeral);
    }

    [Fact]
    public async Task OneExecutionAtATime_TheSecondIsRefused()
    {
        var slow = await _discord.SlashAsync(_ada, "run", ("code", "import time\ntime.sleep(3)\nprint('slow')"));
        await Eventually.TrueAsync(() => slow.Original is not null);

        var second = await _discord.SlashAsync(_ada, "run", ("code", "print('second')"));
        await Eventually.TrueAsync(() => second.Original is { IsDeferred: false });
        var others = await bot.RunAsync(_discord.NewPerson("Bob"), "print('other')");
        await bot.FinishedAsync(slow);

        BotFixture.IsBusy(second.Original!).ShouldBeTrue();
        second.Original!.IsEphemeral.ShouldBeTrue();
        others.Original!.Content.ShouldContain("other");
        slow.Original!.Content.ShouldContain("slow");
        (await bot.RunAsync(_ada, "print('third')")).Original!.Content.ShouldContain("third");
    }

    [Fact]
    public async Task AnInteractionThatComesTwice_IsAnsweredOnce()
    {
        var run = await _discord.SlashAsync(_ada, "run", ("code", "open('once.txt', 'w').write('x')\nprint('once')"));
        await _discord.DeliverAsync(run);

        await bot.FinishedAsync(run);
        await _discord.DeliverAsync(run);
        var later = await bot.RunAsync(_ada, "print('later')");
        var files = await bot.AskAsync(_ada, "files");

        later.Original!.Content.ShouldContain("later");
        run.FollowUps.ShouldBeEmpty();
        run.Versions.Count(version => version.Content.Contains("once.txt")).ShouldBe(1);
        IdsOf(files).ShouldHaveSingleItem();
    }

    private static IReadOnlyList<string> IdsOf(Message message) => FileIds.In(message);

    [GeneratedRegex("```")]
    private static partial Regex Fence();

    [GeneratedRegex(@"^[A-Za-z0-9_-][A-Za-z0-9._-]*$")]
    private static partial Regex SafeName();
}
