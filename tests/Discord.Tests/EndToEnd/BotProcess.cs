namespace CodeInterpreter.Discord.Tests.EndToEnd;

/// <summary>Our service as a process of its own, a bot on a stand-in.</summary>
internal sealed class BotProcess : IAsyncDisposable
{
    private readonly Dictionary<string, string> _settings;
    private readonly string _directory = StandaloneProcess.NewDataDirectory();
    private readonly DiscordServer _discord;
    private readonly bool _overHttp;
    private ServiceProcess _process = null!;

    private BotProcess(DiscordServer discord, Uri interpreter, bool overHttp, IEnumerable<(string Name, string Value)> settings)
    {
        (_discord, _overHttp) = (discord, overHttp);
        _settings = new Dictionary<string, string>
        {
            ["Discord:ApiBase"] = discord.ApiBase,
            ["Discord:BotToken"] = discord.Application.Token,
            ["Discord:Connection"] = overHttp ? "Http" : "Gateway",
            ["Discord:PublicKey"] = overHttp ? discord.Application.PublicKey : "",
            ["Discord:Interpreter:Address"] = interpreter.ToString(),
            ["Discord:Bot:DataDirectory"] = _directory,
            ["Discord:Bot:TestAttachmentBase"] = discord.Address,
        };
        foreach (var (name, value) in settings)
            _settings[name] = value;
    }

    public string Log => _process.Log;

    public HttpClient Http => _process.Http;

    /// <summary>Starts the service, and waits until it can be used.</summary>
    public static async Task<BotProcess> StartAsync(
        DiscordServer discord,
        Uri interpreter,
        bool overHttp = false,
        params IEnumerable<(string Name, string Value)> settings
    )
    {
        var bot = new BotProcess(discord, interpreter, overHttp, settings);
        await bot.StartAsync();
        return bot;
    }

    /// <summary>Starts it again, with the same folder, after it was stopped or killed.</summary>
    public async Task StartAsync()
    {
        _process = await ServiceProcess.StartAsync("Discord", _settings);
        if (_overHttp)
            await _discord.SetEndpointAsync(new Uri(_process.Http.BaseAddress!, "interactions"));
        await Eventually.TrueAsync(() =>
            _discord.Api.Commands().Concat(_discord.Api.Commands(_discord.Guild.GuildId)).Any()
            && (_overHttp || _discord.Gateway.Current is not null)
        );
    }

    public Task KillAsync() => _process.KillAsync();

    public Task<int> StopAsync() => _process.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
