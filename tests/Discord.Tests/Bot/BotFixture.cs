using CodeInterpreter.Discord.Bot;
using CodeInterpreter.Discord.Bot.Answers;
using CodeInterpreter.Discord.Bot.Attachments;
using CodeInterpreter.Discord.Bot.Interpreters;
using CodeInterpreter.Discord.Bot.Requests;
using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Messages;
using CodeInterpreter.Discord.Platform.Rest;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Discord.Tests.Bot;

/// <summary>The bot with its real database, between a Discord and a service that are made up. Several may share a data directory.</summary>
internal sealed class BotFixture : IAsyncDisposable
{
    private readonly DirectoryInfo? _own;
    private readonly ServiceProvider _services;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _work = [];

    /// <summary>Starts a bot; with another one, as its next process: with the same data, Discord, service and clock.</summary>
    public BotFixture(BotFixture? before = null)
    {
        _own = before is null ? Directory.CreateTempSubdirectory("discord-bot-") : null;
        DataDirectory = before?.DataDirectory ?? _own!.FullName;
        Time = before?.Time ?? new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        Discord = before?.Discord ?? new FakeDiscord();
        Interpreter = before?.Interpreter ?? new FakeInterpreter();
        Attachments = before?.Attachments ?? new AttachmentServer();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder().AddInMemoryCollection([new("Discord:Bot:DataDirectory", DataDirectory)]).Build()
        );
        services.AddSingleton<TimeProvider>(Time);
        services.AddBot();
        services.AddSingleton<IDiscordRest>(Discord);
        services.AddSingleton<IInterpreter>(Interpreter);
        services.AddHttpClient<AttachmentClient>().ConfigurePrimaryHttpMessageHandler(() => Attachments);
        _services = services.BuildServiceProvider();
    }

    public string DataDirectory { get; }

    public FakeTimeProvider Time { get; }

    public FakeDiscord Discord { get; }

    public FakeInterpreter Interpreter { get; }

    public AttachmentServer Attachments { get; }

    public IRequestStore Store => _services.GetRequiredService<IRequestStore>();

    /// <summary>Takes over what another process has left, until the bot stops.</summary>
    public async Task StartAsync() => await Keeper.StartAsync(TestContext.Current.CancellationToken);

    /// <summary>Gives an interaction to the bot, and returns its first answer. What it does behind that goes on.</summary>
    public async Task<InteractionResponse> SendAsync(Interaction interaction)
    {
        var answer = await HandleAsync(interaction);
        if (answer.Continuation is { } work)
            _work.Add(work(_stopping.Token));
        return answer.First;
    }

    /// <summary>Only the first answer, with the work behind it, which has not begun.</summary>
    public async Task<InteractionAnswer> HandleAsync(Interaction interaction) =>
        await _services.GetRequiredService<IInteractionHandler>().HandleAsync(interaction, TestContext.Current.CancellationToken);

    /// <summary>The same, and waits until everything is done.</summary>
    public async Task<InteractionResponse> SendAndFinishAsync(Interaction interaction)
    {
        var first = await SendAsync(interaction);
        await Task.WhenAll(_work).WaitAsync(TestContext.Current.CancellationToken);
        return first;
    }

    /// <summary>Waits until all work behind interactions is done.</summary>
    public Task FinishAsync() => Task.WhenAll(_work).WaitAsync(TestContext.Current.CancellationToken);

    /// <summary>Stops the process in the middle of its work.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_work);
        await Keeper.StopAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The text of a first answer that only the user sees.</summary>
    public static string PrivateText(InteractionResponse response)
    {
        var body = response.Data.ShouldBeOfType<MessageBody>();
        body.Flags.ShouldBe(MessageFlags.Ephemeral);
        return body.Content!;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _services.DisposeAsync();
        _stopping.Dispose();
        _own?.Delete(recursive: true);
    }

    private LeaseKeeper Keeper => _services.GetServices<IHostedService>().OfType<LeaseKeeper>().Single();
}
