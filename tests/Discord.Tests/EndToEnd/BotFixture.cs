using CodeInterpreter.Discord.Tests.Judges;
using CodeInterpreter.TestDiscord.Conversations;
using CodeInterpreter.TestDiscord.Model;

namespace CodeInterpreter.Discord.Tests.EndToEnd;

/// <summary>A stand-in and our bot on it, for the tests of a class. At their end, all that the bot sent is judged.</summary>
public abstract class BotFixture(Product product, NodePackages packages, bool overHttp) : IAsyncLifetime
{
    // Of slow machines nothing is to be learned here.
    internal static readonly DiscordSettings Settings = new() { AnswerTimeout = TimeSpan.FromMinutes(1) };

    internal DiscordServer Discord { get; private set; } = null!;

    internal BotProcess Bot { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Discord = await DiscordServer.StartAsync(Settings);
        Bot = await BotProcess.StartAsync(Discord, await product.AddressAsync(), overHttp);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Bot.DisposeAsync();
        await Discord.DisposeAsync();
        Discord.Problems.ShouldBeEmpty();
        Discord.Limits.Exceeded.ShouldBe(0);
        Discord.Limits.TooEarly.ShouldBe(0);
        (await SchemaJudge.JudgeAsync(packages, Discord.Requests)).ShouldBeEmpty();
    }

    /// <summary>Gives /run, and waits for the answer. Repeats it if the bot is still completing the one before.</summary>
    internal async Task<Conversation> RunAsync(Person person, string code, params IEnumerable<(string Name, object Value)> more)
    {
        (string, object)[] options = [("code", code), .. more];
        while (true)
        {
            var run = await Discord.SlashAsync(person, "run", options);
            await FinishedAsync(run);
            if (!IsBusy(run.Original!))
                return run;
        }
    }

    /// <summary>Gives a command, and waits for the answer.</summary>
    internal async Task<Message> AskAsync(Person person, string command, params IEnumerable<(string Name, object Value)> options)
    {
        var asked = await Discord.SlashAsync(person, command, options);
        await Eventually.TrueAsync(() => asked.Original is { IsDeferred: false });
        return asked.Original!;
    }

    /// <summary>Whether the bot said that another execution of the person is running.</summary>
    internal static bool IsBusy(Message message) => message.Content.Contains("already running", StringComparison.Ordinal);

    /// <summary>Waits until an answer shows the result, or says why there is none.</summary>
    internal async Task FinishedAsync(Conversation run)
    {
        try
        {
            await Eventually.TrueAsync(() =>
                run.Original is { IsDeferred: false } message && (IsBusy(message) || !message.Content.StartsWith('⏳'))
            );
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{run}\n{string.Join('\n', Discord.Requests)}\n{Bot.Log}");
        }
    }
}

/// <summary>A bot that is connected to the gateway.</summary>
public sealed class GatewayBot(Product product, NodePackages packages) : BotFixture(product, packages, overHttp: false);

/// <summary>A bot to which interactions are posted.</summary>
public sealed class HttpBot(Product product, NodePackages packages) : BotFixture(product, packages, overHttp: true);
