using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CodeInterpreter.TestDiscord.Conversations;
using CodeInterpreter.TestDiscord.Delivery;
using CodeInterpreter.TestDiscord.Files;
using CodeInterpreter.TestDiscord.Gateway;
using CodeInterpreter.TestDiscord.Interactions;
using CodeInterpreter.TestDiscord.Model;
using CodeInterpreter.TestDiscord.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CodeInterpreter.TestDiscord;

/// <summary>
/// A Discord on this machine: the API, the gateway and the file host, with the rules that Discord documents, and failures
/// on request. It keeps what bots did. Its people give commands, press buttons and fill in modals.
/// </summary>
internal sealed class DiscordServer : IAsyncDisposable
{
    private const long MaxRequestBytes = 100 << 20;

    private readonly WebApplication _web;
    private readonly HttpDelivery _http;
    private readonly RestPipeline _pipeline;
    private readonly ConversationStore _conversations;
    private readonly ConcurrentQueue<string> _problems = new();

    private DiscordServer(DiscordSettings settings, TimeProvider time)
    {
        var signer = new Signer();
        Ids = new Snowflakes(time);
        Application = new Application(Ids.Next(), $"MTE.{Guid.NewGuid():N}.{Guid.NewGuid():N}", signer.PublicKey);
        Signer = signer;
        _http = new HttpDelivery(signer, time);
        Files = new FileHost(time, settings);
        _conversations = new ConversationStore(Files, Ids, time, settings);
        Limits = new RateLimits(time, settings);
        _pipeline = new RestPipeline(Faults, Limits);
        Api = new RestApi(Application, _conversations, Ids);
        Gateway = new GatewayServer(Application, time, settings);
        Interactions = new InteractionFactory(Application, Files, Ids);
        Guild = new Place(Ids.Next(), Ids.Next());
        DirectMessage = new Place(null, Ids.Next());
        _web = Build();
    }

    public Application Application { get; }

    public Signer Signer { get; }

    public Snowflakes Ids { get; }

    public FileHost Files { get; }

    public RestApi Api { get; }

    public Faults Faults { get; } = new();

    public RateLimits Limits { get; }

    public GatewayServer Gateway { get; }

    public InteractionFactory Interactions { get; }

    /// <summary>A channel of a guild that the bot is in.</summary>
    public Place Guild { get; }

    public Place DirectMessage { get; }

    /// <summary>Where the API is, without a slash at its end.</summary>
    public string ApiBase => $"{Address}{RestPipeline.Root}";

    public string Address { get; private set; } = "";

    /// <summary>The endpoint to which interactions are posted; without one they go over the gateway.</summary>
    public Uri? Endpoint { get; private set; }

    public IReadOnlyList<RecordedRequest> Requests => _pipeline.Requests;

    public IReadOnlyCollection<Conversation> Conversations => _conversations.All;

    /// <summary>The rules that bots have broken, in requests and in answers over HTTP.</summary>
    public IReadOnlyList<string> Problems =>
        [.. Requests.Where(request => request.Problems.Count > 0).Select(request => request.ToString()), .. _problems];

    public static async Task<DiscordServer> StartAsync(DiscordSettings? settings = null, TimeProvider? time = null)
    {
        var server = new DiscordServer(settings ?? new DiscordSettings(), time ?? TimeProvider.System);
        await server._web.StartAsync();
        server.Address = server._web.Urls.Single();
        server.Files.Address = server.Address;
        server.Gateway.Address = server.Address.Replace("http:", "ws:", StringComparison.Ordinal);
        server.Api.GatewayAddress = server.Gateway.Address + GatewayServer.Path;
        server.Gateway.Guilds =
        [
            new JsonObject
            {
                ["id"] = server.Guild.GuildId,
                ["name"] = "Trial",
                ["member_count"] = 3,
            },
        ];
        return server;
    }

    /// <summary>A person whom nobody has met.</summary>
    public Person NewPerson(string name) => new(Ids.Next(), name);

    /// <summary>Enters an address in the developer portal: from now on interactions are posted there.</summary>
    /// <exception cref="InvalidOperationException">The portal does not take it.</exception>
    public async Task SetEndpointAsync(Uri endpoint)
    {
        await _http.CheckEndpointAsync(endpoint, Interactions.Ping());
        Endpoint = endpoint;
    }

    /// <summary>A registered command.</summary>
    public JsonNode Command(string name) =>
        Api.Commands().Concat(Api.Commands(Guild.GuildId)).FirstOrDefault(command => command.Text("name") == name)
        ?? throw new InvalidOperationException($"There is no command {name}.");

    /// <summary>Gives a slash command in the guild.</summary>
    public Task<Conversation> SlashAsync(Person person, string command, params IEnumerable<(string Name, object Value)> options) =>
        SendAsync(person, Interactions.Slash(person, Guild, Command(command), options));

    /// <summary>Presses a button of a message, found by its label.</summary>
    public Task<Conversation> PressAsync(Person person, Conversation conversation, Message message, string label)
    {
        if (message.IsDeleted || (message.IsEphemeral && person != conversation.Person))
            throw new InvalidOperationException($"{person.Name} does not see that message.");
        var button =
            message.Buttons.FirstOrDefault(button => button.Text("label") == label && button.Text("custom_id") is not null)
            ?? throw new InvalidOperationException(
                $"No button {label}, but: {string.Join(", ", message.Buttons.Select(button => button.Text("label")))}"
            );
        if (button.Flag("disabled"))
            throw new InvalidOperationException($"The button {label} is disabled.");
        var place = new Place(conversation.Interaction.Text("guild_id"), conversation.Interaction.Text("channel_id")!);
        var json = message.ToJson(conversation, Application);
        return SendAsync(person, Interactions.Press(person, place, json, button.Text("custom_id")!));
    }

    /// <summary>Fills in the modal that the bot opened.</summary>
    public Task<Conversation> SubmitAsync(
        Conversation conversation,
        IReadOnlyDictionary<string, string> texts,
        params IEnumerable<Upload> uploads
    )
    {
        var modal = conversation.Modal ?? throw new InvalidOperationException($"No modal was opened: {conversation}");
        return SendAsync(conversation.Person, Interactions.Submit(conversation.Person, Guild, modal, texts, uploads));
    }

    /// <summary>Delivers an interaction.</summary>
    public async Task<Conversation> SendAsync(Person person, JsonObject interaction)
    {
        var conversation = _conversations.Open(interaction, person);
        await DeliverAsync(conversation);
        return conversation;
    }

    /// <summary>Delivers an interaction, perhaps once more.</summary>
    public async Task DeliverAsync(Conversation conversation)
    {
        if (Endpoint is null)
        {
            await Gateway.DispatchAsync("INTERACTION_CREATE", conversation.Interaction);
            return;
        }

        await (conversation.Delivery = PostAsync(conversation, Endpoint));
    }

    private async Task PostAsync(Conversation conversation, Uri endpoint)
    {
        var (status, body) = await _http.PostAsync(endpoint, conversation.Interaction);
        conversation.Statuses.Add(status);
        // The answer to what was delivered before counts.
        if (status != 200 || conversation.AnswerType is not null)
            return;
        try
        {
            _conversations.Answer(conversation.Id, conversation.Token, body);
        }
        catch (ApiException exception)
        {
            _problems.Enqueue($"answer to {conversation.Id}: {exception.Message} {string.Join("; ", exception.Problems)}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Bots keep their connections; a server that stops does not wait for them.
        await Gateway.DropAsync();
        await _web.DisposeAsync();
        _http.Dispose();
    }

    // A bot may go on before its answer over HTTP has been read to the end here.
    private async Task AfterDeliveryAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value!;
        foreach (var conversation in Conversations.Where(conversation => path.Contains(conversation.Token, StringComparison.Ordinal)))
            await conversation.Delivery.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await next(context);
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = MaxRequestBytes);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Logging.ClearProviders();
        var web = builder.Build();
        web.UseWebSockets();
        web.UseRouting();
        web.UseWhen(
            context => context.Request.Path.StartsWithSegments(RestPipeline.Root, StringComparison.Ordinal),
            branch => branch.Use(AfterDeliveryAsync).Use(_pipeline.InvokeAsync)
        );
        web.Map(GatewayServer.Path, Gateway.AcceptAsync);
        web.Map(GatewayServer.ResumePath, Gateway.AcceptAsync);
        Files.Map(web);
        Api.Map(web.MapGroup(RestPipeline.Root));
        return web;
    }
}
