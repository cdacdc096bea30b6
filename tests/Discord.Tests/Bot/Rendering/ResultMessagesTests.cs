using CodeInterpreter.Client;
using CodeInterpreter.Discord.Bot.Rendering;

namespace CodeInterpreter.Discord.Tests.Bot.Rendering;

public sealed class ResultMessagesTests
{
    private const long Limit = 10 * 1024 * 1024;

    [Fact]
    public void OutputAndFiles_AreOneMessage_WithNameTypeSizeAndId()
    {
        var message = One(
            Result("Exported to 2 formats!\n") with
            {
                GeneratedFiles = [File("data.csv", 1234), File("plots/p.png", 20_000, "image")],
            }
        );

        message.Content.ShouldBe(
            """
            ✅ Done. (12 ms)
            ```ansi
            Exported to 2 formats!
            ```
            📎 Generated 2 file(s):
            • `data.csv` (data, 1.2 KB) ID `1_2_data.csv`
            • `plots/p.png` (image, 19.5 KB) ID `1_2_plots/p.png`
            """
        );
        message.Files.ShouldBe([new OutgoingFile("data.csv", 1234, "1_2_data.csv"), new OutgoingFile("p.png", 20_000, "1_2_plots/p.png")]);
    }

    [Fact]
    public void NoOutput_IsSaid() => One(Result("")).Content.ShouldBe("✅ Done. (12 ms)\nNo output.");

    [Fact]
    public void CutOutput_IsAttachedAsAWhole()
    {
        var output = new string('x', 2001);

        var message = One(Result(output));

        message.Content.ShouldContain($"```ansi\n{new string('x', 1000)}\n```\n✂️ The whole output is in `output.txt`.");
        var file = message.Files.ShouldHaveSingleItem();
        System.Text.Encoding.UTF8.GetString(file.Content.Span).ShouldBe(output);
        file.Name.ShouldBe("output.txt");
        file.Size.ShouldBe(2001);
    }

    [Fact]
    public void OutputThatTheServiceStored_IsAttached_OrLinkedWhereItIsTooLarge()
    {
        var result = Result("start") with { OutputTail = "end", OutputTruncated = true, OutputFileId = "1_2_out" };

        var attached = One(new Delivery(result, Limit) { WholeOutput = Stored("1_2_out", 5_000_000) });
        attached.Files.ShouldBe([new OutgoingFile("output.txt", 5_000_000, "1_2_out")]);
        attached.Content.ShouldContain("start\n[...]\nend");

        var linked = One(
            new Delivery(result, 1000)
            {
                WholeOutput = Stored("1_2_out", 5_000_000),
                Links = new Dictionary<string, string> { ["1_2_out"] = "https://code.example.com/l/1" },
            }
        );
        linked.Files.ShouldBeEmpty();
        linked.Content.ShouldContain("✂️ The output is longer. [Download](<https://code.example.com/l/1>)");
    }

    [Fact]
    public void AFileOverTheLimit_IsALink_AndOneAtTheLimitIsAttached()
    {
        var delivery = new Delivery(Result("") with { GeneratedFiles = [File("at.bin", Limit), File("over.bin", Limit + 1)] }, Limit);
        delivery.TooLarge.ShouldBe(["1_2_over.bin"]);

        var message = One(delivery with { Links = new Dictionary<string, string> { ["1_2_over.bin"] = "https://code.example.com/l/2" } });

        message.Files.ShouldHaveSingleItem().FileId.ShouldBe("1_2_at.bin");
        message.Content.ShouldEndWith("ID `1_2_over.bin` [Download](<https://code.example.com/l/2>)");
    }

    [Fact]
    public void AFileOverTheLimit_WithoutALink_SaysWhyItIsNotThere() =>
        One(new Delivery(Result("") with { GeneratedFiles = [File("over.bin", Limit + 1)] }, Limit))
            .Content.ShouldEndWith("ID `1_2_over.bin` It is larger than 10.0 MB, which is the most that Discord takes here.");

    [Fact]
    public void ManyFiles_ComeInFurtherMessages_TenAtMostInEach()
    {
        var result = Result(new string('x', 3000)) with
        {
            GeneratedFiles = [.. Enumerable.Range(0, 25).Select(number => File($"{number}.csv", 10))],
        };

        var messages = ResultMessages.Of(new Delivery(result, Limit));

        messages.SelectMany(message => message.Files).Count().ShouldBe(26);
        messages.ShouldAllBe(message => message.Files.Count <= 10);
        foreach (var message in messages)
            message
                .Files.Where(file => file.FileId is not null)
                .ShouldAllBe(file => message.Content.Contains(file.FileId!, StringComparison.Ordinal));
    }

    [Fact]
    public void MoreFilesThanFiveMessagesTake_AreCounted()
    {
        var result = Result("") with { GeneratedFiles = [.. Enumerable.Range(0, 200).Select(number => File($"{number}.csv", 10))] };

        var messages = ResultMessages.Of(new Delivery(result, Limit));

        messages.Count.ShouldBe(5);
        messages[^1].Content.ShouldEndWith("… and 150 more: `/files` lists them.");
    }

    [Fact]
    public void LargeFiles_AreSpreadOverRequestsOf25Mebibytes()
    {
        var result = Result("") with { GeneratedFiles = [.. Enumerable.Range(0, 4).Select(number => File($"{number}.bin", Limit))] };

        ResultMessages.Of(new Delivery(result, Limit)).Select(message => message.Files.Count).ShouldBe([2, 2]);
        ResultMessages.Of(new Delivery(result, 5 * Limit)).Select(message => message.Files.Count).ShouldBe([4]);
    }

    [Fact]
    public void FilesThatAreNotKept_AreNamed_ThreeAtMost()
    {
        var skipped = Enumerable.Range(0, 3).Select(number => new SkippedFile($"{number}.bin", SkipReason.TooLarge, 1, "It is too large."));
        var content = One(Result("") with { SkippedFiles = [.. skipped], SkippedFileCount = 8 }).Content;
        content.ShouldContain("⚠️ Not kept: `2.bin`. It is too large.");
        content.ShouldContain("⚠️ Not kept: 5 more.");
    }

    [Fact]
    public void TheWorstNamesAndOutput_KeepAllLimits()
    {
        var hostile = string.Concat(Enumerable.Repeat("`😀\u202e@everyone<@1>\u001b[31m", 60));
        var result = Result(hostile) with
        {
            Outcome = Outcome.NonZeroExit,
            Message = hostile,
            Exception = new PythonError("EOFError", hostile, [], Truncated: false),
            SkippedFiles = [.. Enumerable.Range(0, 9).Select(_ => new SkippedFile(hostile, SkipReason.BadName, 1, hostile))],
            SkippedFileCount = 9,
            GeneratedFiles = [.. Enumerable.Range(0, 60).Select(number => File(hostile + number, 1) with { FileId = $"1_2_{number}" })],
        };

        var messages = ResultMessages.Of(new Delivery(result, Limit));

        foreach (var message in messages)
        {
            message.Content.Length.ShouldBeLessThanOrEqualTo(2000);
            message.Content.ShouldBeWhole();
            message.Content.ShouldNotContain("@everyone");
            message.Content.ShouldNotContain("<@");
            message.Content.ShouldNotContain("\u202e");
            message.Files.ShouldAllBe(file =>
                file.Name.All(character => char.IsAsciiLetterOrDigit(character) || "._-".Contains(character))
            );
        }
    }

    [Fact]
    public void WholeOutput_IsAsMuchAsAMessageTakes_AndTheRestAsAFile()
    {
        var shown = ResultMessages.WholeOutput(new Delivery(Result(string.Concat(Enumerable.Repeat("line\n", 200))), Limit));
        shown.Content.ShouldContain(string.Concat(Enumerable.Repeat("line\n", 200)).TrimEnd());
        shown.Files.ShouldBeEmpty();

        var cut = ResultMessages.WholeOutput(new Delivery(Result(new string('x', 5000)), Limit));
        cut.Content.Length.ShouldBeLessThanOrEqualTo(2000);
        cut.Files.ShouldHaveSingleItem().Size.ShouldBe(5000);
    }

    private static OutgoingMessage One(ExecutionResult result) => One(new Delivery(result, Limit));

    private static OutgoingMessage One(Delivery delivery) => ResultMessages.Of(delivery).ShouldHaveSingleItem();

    private static ExecutionResult Result(string output) =>
        new()
        {
            Outcome = Outcome.Succeeded,
            Output = output,
            ExecutionTime = TimeSpan.FromMilliseconds(12),
        };

    private static GeneratedFile File(string name, long size, string type = "data") =>
        new()
        {
            FileId = $"1_2_{name}",
            Filename = name,
            Type = type,
            Size = size,
        };

    private static StoredFile Stored(string id, long size) =>
        new()
        {
            FileId = id,
            Filename = "stdout.txt",
            Size = size,
        };
}
