using System.Collections.Concurrent;
using System.Diagnostics;
using CodeInterpreter.TestDiscord.Model;

namespace CodeInterpreter.Discord.Tests.Judges;

/// <summary>A stand-in, and a bot with discord.js on it.</summary>
public sealed class DiscordJsBot(NodePackages packages) : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _reports = new();
    private Process _bot = null!;

    internal DiscordServer Discord { get; private set; } = null!;

    /// <summary>What the bot reported, line by line.</summary>
    internal IReadOnlyList<string> Reports => [.. _reports];

    public async ValueTask InitializeAsync()
    {
        Discord = await DiscordServer.StartAsync(
            new DiscordSettings
            {
                // Of busy machines nothing is to be learned here.
                AnswerTimeout = TimeSpan.FromMinutes(1),
                HeartbeatInterval = TimeSpan.FromMilliseconds(100),
            }
        );
        _bot = await packages.StartAsync("bot.mjs", $"{Discord.Address}/api", Discord.Application.Token);
        _bot.OutputDataReceived += (_, line) => Note(line.Data);
        _bot.BeginOutputReadLine();
        await Eventually.TrueAsync(() => _bot.HasExited || Reports.Any(report => report.StartsWith("ready", StringComparison.Ordinal)));
        Reports.ShouldContain("ready code_interpreter 1", string.Join('\n', Discord.Requests));
    }

    public async ValueTask DisposeAsync()
    {
        _bot.StandardInput.Close();
        await _bot.WaitForExitAsync();
        _bot.Dispose();
        await Discord.DisposeAsync();
    }

    private void Note(string? line)
    {
        if (line is not null)
            _reports.Enqueue(line);
    }
}
