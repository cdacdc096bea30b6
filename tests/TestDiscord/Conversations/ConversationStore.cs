using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CodeInterpreter.TestDiscord.Files;
using CodeInterpreter.TestDiscord.Model;
using CodeInterpreter.TestDiscord.Rules;

namespace CodeInterpreter.TestDiscord.Conversations;

/// <summary>What became of all interactions. The methods are what a bot may do with the token of one.</summary>
internal sealed class ConversationStore(FileHost files, Snowflakes ids, TimeProvider time, DiscordSettings settings)
{
    private const int MaxFollowUps = 5;

    private readonly ConcurrentDictionary<string, Conversation> _byToken = new();

    public IReadOnlyCollection<Conversation> All => [.. _byToken.Values];

    public Conversation Open(JsonObject interaction, Person person)
    {
        var conversation = new Conversation(interaction, person, time.GetUtcNow());
        _byToken[conversation.Token] = conversation;
        return conversation;
    }

    /// <summary>The conversation in which a bot may still speak.</summary>
    /// <exception cref="ApiException">There is none, or its time has passed.</exception>
    public Conversation Find(string token)
    {
        if (!_byToken.TryGetValue(token, out var conversation))
            throw ApiException.UnknownWebhook();
        if (time.GetUtcNow() - conversation.ReceivedAt > settings.TokenLifetime)
            throw ApiException.InvalidWebhookToken();
        return conversation;
    }

    /// <summary>The first answer.</summary>
    /// <exception cref="ApiException">It breaks a rule, or is not the first, or too late.</exception>
    public void Answer(string interactionId, string token, Body body)
    {
        if (!_byToken.TryGetValue(token, out var conversation) || conversation.Id != interactionId)
            throw ApiException.UnknownInteraction();
        if (conversation.AnswerType is not null)
            throw ApiException.AlreadyAnswered();
        if (time.GetUtcNow() - conversation.ReceivedAt > settings.AnswerTimeout)
            throw ApiException.UnknownInteraction();

        var type = (int)(body.Json.Number("type") ?? 0);
        var message = new Body((body.Json as JsonObject)?["data"], body.Files);
        var source = SourceOf(conversation);
        ApiException.ThrowIfAny(CallbackRules.Check(conversation.Type, source is not null, body.Json));
        if (type is CallbackRules.Message or CallbackRules.Update)
            CheckFiles(conversation, message, type == CallbackRules.Update ? source : null);
        if (type == CallbackRules.Message && MessageRules.IsEmpty(message))
            throw ApiException.EmptyMessage();
        if (!conversation.TryAnswer(type, type == CallbackRules.Modal ? message.Json : null, time.GetUtcNow()))
            throw ApiException.AlreadyAnswered();

        if (type == CallbackRules.Message)
            conversation.SetOriginal(Applied(conversation, new Message(ids.Next()), message));
        else if (type == CallbackRules.DeferredMessage)
            conversation.SetOriginal(new Message(ids.Next()) { IsDeferred = true, Flags = message.Json.Number("flags") ?? 0 });
        else if (type == CallbackRules.DeferredUpdate)
            conversation.SetOriginal(source!);
        else if (type == CallbackRules.Update)
        {
            conversation.SetOriginal(Edited(conversation, source!, message));
            PutInSource(conversation, conversation.Original!);
        }
    }

    public Message Edit(string token, string messageId, Body body)
    {
        var (conversation, message) = FindMessage(token, messageId);
        ApiException.ThrowIfAny(MessageRules.Check(body.Json));
        CheckFiles(conversation, body, message);
        var edited = Edited(conversation, message, body);
        conversation.Put(edited);
        PutInSource(conversation, edited);
        return edited;
    }

    public void Delete(string token, string messageId)
    {
        var (conversation, message) = FindMessage(token, messageId);
        conversation.Put(message with { IsDeleted = true });
        PutInSource(conversation, message with { IsDeleted = true });
    }

    public Message FollowUp(string token, Body body)
    {
        var conversation = Find(token);
        if (conversation.AnswerType is null)
            throw ApiException.UnknownWebhook();
        ApiException.ThrowIfAny(MessageRules.Check(body.Json));
        CheckFiles(conversation, body, null);
        if (MessageRules.IsEmpty(body))
            throw ApiException.EmptyMessage();
        if (IsUserInstalled(conversation) && conversation.FollowUps.Count >= MaxFollowUps)
            throw ApiException.TooManyFollowUps();
        // Deprecated, but so it is: the first one after a deferral takes the place of "is thinking".
        if (conversation.Original is { IsDeferred: true } deferred)
        {
            var answer = Applied(conversation, deferred with { IsDeferred = false }, body) with { Flags = deferred.Flags };
            conversation.Put(answer);
            return answer;
        }

        var message = Applied(conversation, new Message(ids.Next()), body);
        conversation.Put(message);
        return message;
    }

    public (Conversation Conversation, Message Message) FindMessage(string token, string messageId)
    {
        var conversation = Find(token);
        var id = messageId == "@original" ? conversation.OriginalId : messageId;
        return id is not null && conversation.Find(id) is { IsDeleted: false } message
            ? (conversation, message)
            : throw ApiException.UnknownMessage();
    }

    private static bool IsUserInstalled(Conversation conversation) =>
        conversation.Interaction["authorizing_integration_owners"] is JsonObject owners && owners.All(owner => owner.Key == "1");

    private static void CheckFiles(Conversation conversation, Body body, Message? existing)
    {
        ApiException.ThrowIfAny(AttachmentRules.Check(body, [.. existing?.Files.Select(file => file.Id) ?? []]));
        if (AttachmentRules.AreTooLarge(body, conversation.Person.AttachmentSizeLimit))
            throw ApiException.TooLarge();
    }

    private Message Edited(Conversation conversation, Message message, Body body) =>
        Applied(conversation, message, body) with
        {
            IsDeferred = false,
            Edits = message.IsDeferred ? message.Edits : message.Edits + 1,
            Flags = message.Flags,
        };

    // What a request does not name stays; of the files, what its list does not name goes.
    private Message Applied(Conversation conversation, Message message, Body body)
    {
        var json = body.Json as JsonObject ?? [];
        return message with
        {
            Content = json.ContainsKey("content") ? json.Text("content") ?? "" : message.Content,
            Embeds = json.ContainsKey("embeds") ? json.Items("embeds") : message.Embeds,
            Components = json.ContainsKey("components") ? json.Items("components") : message.Components,
            AllowedMentions = json["allowed_mentions"],
            Flags = json.Number("flags") ?? message.Flags,
            Files = FilesOf(message, body, json, conversation),
        };
    }

    private List<SentFile> FilesOf(Message message, Body body, JsonObject json, Conversation conversation)
    {
        var described = json.Items("attachments");
        var kept = json.ContainsKey("attachments")
            ? message.Files.Where(file => described.Any(attachment => AttachmentRules.IdOf(attachment) == file.Id))
            : message.Files;
        return
        [
            .. kept,
            .. body.Files.Select(part =>
            {
                var attachment = described.FirstOrDefault(attachment => AttachmentRules.IdOf(attachment) == $"{part.Index}");
                var name = attachment.Text("filename") ?? part.FileName;
                var id = ids.Next();
                var address = files.Add(conversation.Interaction.Text("channel_id")!, id, name, part.Bytes);
                return new SentFile(id, name, attachment.Text("description"), part.ContentType, part.Bytes, address);
            }),
        ];
    }

    // The message of a button lives in the conversation in which it was sent.
    private Message? SourceOf(Conversation conversation) =>
        conversation.Interaction["message"].Text("id") is { } id ? HomeOf(id)?.Find(id) : null;

    private void PutInSource(Conversation conversation, Message message)
    {
        if (HomeOf(message.Id) is { } home && home != conversation)
            home.Put(message);
    }

    private Conversation? HomeOf(string messageId) =>
        _byToken.Values.Where(candidate => candidate.Find(messageId) is not null).MinBy(candidate => candidate.ReceivedAt);
}
