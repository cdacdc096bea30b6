using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Tests.Executions.Storage;

/// <summary>What every log of executions has to do; a subclass names the log.</summary>
public abstract class ExecutionLogContract
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    private protected abstract IExecutionLog Log { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_AppendedEvents_AreInOrder()
    {
        var printed = Entry(3) with { Kind = OutputKind.Stderr, Text = "größe \0 \ud83d\ude00" };
        var stored = Entry(4) with { File = Results.Full.GeneratedFiles[0] };
        var started = Entry(2) with { StartedAt = Now };
        foreach (var entry in (LogEntry[])[stored, printed, started])
        {
            await Log.AppendAsync(entry, Now, Token);
        }

        (await Log.ReadAsync("u", "a", 0, 10, Token)).ShouldBe([started, printed, stored]);
        (await Log.ReadAsync("u", "a", 2, 1, Token)).ShouldBe([printed]);
        (await Log.ReadAsync("v", "a", 0, 10, Token)).ShouldBeEmpty();
        (await Log.ReadAsync("u", "b", 0, 10, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Append_SameSequenceTwice_KeepsTheFirst()
    {
        await Log.AppendAsync(Entry(2) with { Text = "first" }, Now, Token);
        await Log.AppendAsync(Entry(2) with { Text = "second" }, Now, Token);

        (await Log.ReadAsync("u", "a", 0, 10, Token)).ShouldHaveSingleItem().Text.ShouldBe("first");
    }

    [Fact]
    public async Task DeleteBefore_OlderEvents_AreDeleted()
    {
        await Log.AppendAsync(Entry(2), Now.AddMilliseconds(-1), Token);
        await Log.AppendAsync(Entry(3), Now, Token);

        await Log.DeleteBeforeAsync(Now, Token);

        (await Log.ReadAsync("u", "a", 0, 10, Token)).ShouldHaveSingleItem().Sequence.ShouldBe(3);
    }

    [Fact]
    public async Task Delete_ExecutionOfAUser_DeletesItsEventsOnly()
    {
        await Log.AppendAsync(Entry(2), Now, Token);
        await Log.AppendAsync(Entry(2) with { ExecutionId = "b" }, Now, Token);

        await Log.DeleteAsync("v", "a", Token);
        (await Log.ReadAsync("u", "a", 0, 10, Token)).ShouldHaveSingleItem();
        await Log.DeleteAsync("u", "a", Token);

        (await Log.ReadAsync("u", "a", 0, 10, Token)).ShouldBeEmpty();
        (await Log.ReadAsync("u", "b", 0, 10, Token)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Delete_OfAUser_ForgetsAllExecutionsOfThatUser()
    {
        await Log.AppendAsync(Entry(2), Now, Token);
        await Log.AppendAsync(Entry(2) with { ExecutionId = "b" }, Now, Token);
        await Log.AppendAsync(Entry(2) with { ExecutionId = "c", UserId = "v" }, Now, Token);

        await Log.DeleteAsync("u", Token);

        (await Log.ReadAsync("u", "a", 0, 10, Token)).ShouldBeEmpty();
        (await Log.ReadAsync("u", "b", 0, 10, Token)).ShouldBeEmpty();
        (await Log.ReadAsync("v", "c", 0, 10, Token)).ShouldHaveSingleItem();
    }

    private static LogEntry Entry(long sequence) =>
        new()
        {
            ExecutionId = "a",
            UserId = "u",
            Sequence = sequence,
        };
}
