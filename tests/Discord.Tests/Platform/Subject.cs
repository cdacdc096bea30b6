using System.Diagnostics.Metrics;
using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Receiving;
using CodeInterpreter.Discord.Platform.Telemetry;
using CodeInterpreter.Discord.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Discord.Tests.Platform;

/// <summary>Makes what the tests need, without a host.</summary>
internal static class Subject
{
    private static readonly IMeterFactory Meters = new ServiceCollection()
        .AddMetrics()
        .BuildServiceProvider()
        .GetRequiredService<IMeterFactory>();

    public static DiscordInstruments Instruments { get; } = new(Meters);

    public static IOptions<DiscordOptions> Options(Action<DiscordOptions>? change = null)
    {
        var options = new DiscordOptions { BotToken = "bot-token", ApiBase = new Uri("http://discord.test/api/v10") };
        change?.Invoke(options);
        return Microsoft.Extensions.Options.Options.Create(options);
    }

    public static InteractionReceiver Receiver(IInteractionHandler handler, TimeProvider time, Action<DiscordOptions>? change = null) =>
        new(handler, Instruments, Options(change), time, NullLogger<InteractionReceiver>.Instance);

    public static Continuations Continuations() => new(NullLogger<Continuations>.Instance);
}
