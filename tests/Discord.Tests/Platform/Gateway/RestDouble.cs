using System.Text.Json;
using System.Threading.Channels;
using CodeInterpreter.Discord.Platform.Commands;
using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Json;
using CodeInterpreter.Discord.Platform.Messages;
using CodeInterpreter.Discord.Platform.Rest;

namespace CodeInterpreter.Discord.Tests.Platform.Gateway;

/// <summary>An API that knows the gateway and takes first answers.</summary>
internal sealed class RestDouble : IDiscordRest
{
    private readonly Channel<string> _answers = Channel.CreateUnbounded<string>();

    public Func<GatewayAddress> Gateway { get; set; } = () => new();

    public Func<Application> Application { get; set; } = () => new() { Id = "2" };

    public Func<string?, Exception?> OnPut { get; set; } = _ => null;

    /// <summary>Whether Discord takes first answers.</summary>
    public bool TakesAnswers { get; set; } = true;

    public List<(string? Guild, IReadOnlyList<ApplicationCommand> Commands)> Put { get; } = [];

    /// <summary>The next first answer: the interaction's id and the JSON.</summary>
    public ValueTask<string> AnswerAsync() => _answers.Reader.ReadAsync();

    public Task AnswerAsync(string interactionId, InteractionToken token, InteractionResponse response, CancellationToken cancellationToken)
    {
        _answers.Writer.TryWrite($"{interactionId} {JsonSerializer.Serialize(response, DiscordJson.Default.InteractionResponse)}");
        return TakesAnswers
            ? Task.CompletedTask
            : Task.FromException(new DiscordRestException(System.Net.HttpStatusCode.NotFound, 10062, "Unknown interaction"));
    }

    public Task<GatewayAddress> GetGatewayAsync(CancellationToken cancellationToken) => Task.FromResult(Gateway());

    public Task<Application> GetApplicationAsync(CancellationToken cancellationToken) => Task.FromResult(Application());

    public Task PutCommandsAsync(
        string applicationId,
        string? guildId,
        IReadOnlyList<ApplicationCommand> commands,
        CancellationToken cancellationToken
    )
    {
        Put.Add((guildId, commands));
        return OnPut(guildId) is { } exception ? Task.FromException(exception) : Task.CompletedTask;
    }

    public Task<Message> EditOriginalAsync(
        InteractionToken token,
        MessageBody message,
        IReadOnlyList<FilePart> files,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task DeleteOriginalAsync(InteractionToken token, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Message> FollowUpAsync(
        InteractionToken token,
        MessageBody message,
        IReadOnlyList<FilePart> files,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<Message> EditMessageAsync(
        InteractionToken token,
        string messageId,
        MessageBody message,
        IReadOnlyList<FilePart> files,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task DeleteMessageAsync(InteractionToken token, string messageId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
