using System.Threading.Channels;
using CodeInterpreter.Discord.Platform.Commands;
using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Messages;
using CodeInterpreter.Discord.Platform.Rest;

namespace CodeInterpreter.Discord.Tests.Bot;

/// <summary>Takes what the bot sends, and refuses it where a test says so.</summary>
internal sealed class FakeDiscord : IDiscordRest
{
    private readonly Lock _lock = new();
    private readonly List<SentMessage> _sent = [];
    private readonly Channel<SentMessage> _arrivals = Channel.CreateUnbounded<SentMessage>();

    /// <summary>All that was sent, in its order.</summary>
    public IReadOnlyList<SentMessage> Sent
    {
        get
        {
            lock (_lock)
                return [.. _sent];
        }
    }

    /// <summary>Throws for what is not to be taken.</summary>
    public Action<SentMessage> Refuse { get; set; } = _ => { };

    /// <summary>The next message that arrives.</summary>
    public async Task<SentMessage> NextAsync() => await _arrivals.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public Task<Message> EditOriginalAsync(
        InteractionToken token,
        MessageBody message,
        IReadOnlyList<FilePart> files,
        CancellationToken cancellationToken
    ) => TakeAsync("edit", token, message, files, cancellationToken);

    public Task<Message> FollowUpAsync(
        InteractionToken token,
        MessageBody message,
        IReadOnlyList<FilePart> files,
        CancellationToken cancellationToken
    ) => TakeAsync("follow-up", token, message, files, cancellationToken);

    public Task DeleteOriginalAsync(InteractionToken token, CancellationToken cancellationToken) =>
        TakeAsync("delete", token, new MessageBody(), [], cancellationToken);

    public Task AnswerAsync(
        string interactionId,
        InteractionToken token,
        InteractionResponse response,
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

    public Task PutCommandsAsync(
        string applicationId,
        string? guildId,
        IReadOnlyList<ApplicationCommand> commands,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<Application> GetApplicationAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<GatewayAddress> GetGatewayAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    private async Task<Message> TakeAsync(
        string kind,
        InteractionToken token,
        MessageBody message,
        IReadOnlyList<FilePart> files,
        CancellationToken cancellationToken
    )
    {
        var contents = new List<SentFile>();
        foreach (var file in files)
        {
            await using var stream = await file.OpenAsync(cancellationToken);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, cancellationToken);
            contents.Add(new SentFile(file.Name, file.Length, bytes.ToArray()));
        }

        var sent = new SentMessage(kind, token, message, contents);
        Refuse(sent);
        lock (_lock)
            _sent.Add(sent);
        await _arrivals.Writer.WriteAsync(sent, cancellationToken);
        return new Message { Id = $"{_sent.Count}" };
    }
}

internal sealed record SentMessage(string Kind, InteractionToken Token, MessageBody Body, IReadOnlyList<SentFile> Files)
{
    public string Text => Body.Content ?? "";

    /// <summary>The ids of its buttons.</summary>
    public IReadOnlyList<string> Buttons =>
        [.. (Body.Components ?? []).SelectMany(row => row.Flatten()).Select(component => component.CustomId).OfType<string>()];
}

internal sealed record SentFile(string Name, long Length, byte[] Content);
