using System.Net;
using CodeInterpreter.Client;
using CodeInterpreter.Discord.Bot.Interpreters;
using CodeInterpreter.Discord.Bot.Rendering;
using CodeInterpreter.Discord.Bot.Requests;
using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Messages;
using CodeInterpreter.Discord.Platform.Rest;

namespace CodeInterpreter.Discord.Bot.Answers;

/// <summary>Sends results, and the texts that stand in for them.</summary>
internal sealed partial class AnswerSender(IInterpreter interpreter, IDiscordRest discord, ILogger<AnswerSender> logger)
{
    /// <summary>Sends the messages of a result that are not sent yet.</summary>
    /// <param name="request">What it is the result of.</param>
    /// <param name="result">The result.</param>
    /// <param name="trySetSentAsync">
    /// Notes how many messages are sent, before each further one, so that none is sent twice. False: another process sends them.
    /// </param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task SendAsync(
        StoredRequest request,
        ExecutionResult result,
        Func<int, Task<bool>> trySetSentAsync,
        CancellationToken cancellationToken
    )
    {
        var answer = request.Answer!;
        var token = new InteractionToken(answer.ApplicationId, answer.Token);
        var delivery = await CompleteAsync(request.UserId, new Delivery(result, answer.MaxFileBytes), cancellationToken);
        var messages = ResultMessages.Of(delivery);
        var buttons = AnswerButtons.RowFor(request.Id, ResultMessages.IsOutputCut(delivery));
        for (var index = answer.MessagesSent; index < messages.Count; index++)
        {
            var message = messages[index];
            var files = Parts(request.UserId, message);
            if (index > 0)
            {
                if (!await trySetSentAsync(index + 1))
                    return;
                var followUp = FollowUp(message, request.Code.IsPrivate);
                if (!await TryFollowUpAsync(token, followUp, files, () => trySetSentAsync(index), cancellationToken))
                    return;
                continue;
            }

            // Without what an attempt before a restart may have attached.
            var body = new MessageBody
            {
                Content = message.Content,
                Components = [buttons],
                Attachments = [],
            };
            await SendAsync(body, files, (text, parts) => discord.EditOriginalAsync(token, text, parts, cancellationToken));
            if (!await trySetSentAsync(1))
                return;
        }
    }

    /// <summary>Answers with a text. Nothing else of the message stays.</summary>
    public async Task SendAsync(InteractionToken token, string text, CancellationToken cancellationToken) =>
        await discord.EditOriginalAsync(
            token,
            new MessageBody
            {
                Content = Cut.Start(text, MessagePages.MaxLength),
                Components = [],
                Attachments = [],
            },
            [],
            cancellationToken
        );

    /// <summary>The files of a message, opened when they are sent.</summary>
    public IReadOnlyList<FilePart> Parts(string userId, OutgoingMessage message) =>
        [
            .. message.Files.Select(file =>
                file.FileId is { } id
                    ? new FilePart(file.Name, file.Size, token => interpreter.OpenAsync(userId, id, token))
                    : FilePart.Of(file.Name, file.Content)
            ),
        ];

    /// <summary>Adds what only the service knows: the record of the whole output, and links to what is too large.</summary>
    public async Task<Delivery> CompleteAsync(string userId, Delivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.Result.OutputFileId is { } output)
            delivery = delivery with { WholeOutput = await interpreter.GetFileAsync(userId, output, cancellationToken) };
        var links = new Dictionary<string, string>();
        foreach (var fileId in delivery.TooLarge)
        {
            if (await interpreter.FindLinkAsync(userId, fileId, cancellationToken) is { } link)
                links[fileId] = link;
        }

        return delivery with
        {
            Links = links,
        };
    }

    /// <returns>Whether it is sent. Where Discord refuses it, the messages before it stay as they are.</returns>
    private async Task<bool> TryFollowUpAsync(
        InteractionToken token,
        MessageBody body,
        IReadOnlyList<FilePart> files,
        Func<Task> setUnsentAsync,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await SendAsync(body, files, (text, parts) => discord.FollowUpAsync(token, text, parts, cancellationToken));
            return true;
        }
        catch (DiscordRestException exception) when (exception.Status == HttpStatusCode.TooManyRequests)
        {
            await setUnsentAsync();
            throw;
        }
        catch (DiscordRestException exception) when (!exception.IsTransient)
        {
            Refused(logger, (int)exception.Status!, exception.Code);
            return false;
        }
    }

    // Without files where these cannot be read, or Discord refuses them: the text has their ids.
    private async Task SendAsync(MessageBody body, IReadOnlyList<FilePart> files, Func<MessageBody, IReadOnlyList<FilePart>, Task> send)
    {
        try
        {
            await send(body, files);
        }
        catch (CodeInterpreterException exception) when (files.Count > 0)
        {
            NotReadable(logger, exception.Reason);
            await send(WithoutFiles(body), []);
        }
        catch (DiscordRestException exception) when (files.Count > 0 && exception is { IsTransient: false, IsGone: false })
        {
            Refused(logger, (int)exception.Status!, exception.Code);
            await send(WithoutFiles(body), []);
        }
    }

    private static MessageBody WithoutFiles(MessageBody body)
    {
        var content = $"{body.Content}\n{FailureText.NotAttached}";
        return content.Length <= MessagePages.MaxLength ? body with { Content = content } : body;
    }

    private static MessageBody FollowUp(OutgoingMessage message, bool isPrivate) =>
        new() { Content = message.Content, Flags = isPrivate ? MessageFlags.Ephemeral : null };

    [LoggerMessage(560, LogLevel.Warning, "Discord refused a message of an answer, or its files: status {Status}, code {Code}")]
    private static partial void Refused(ILogger logger, int status, int code);

    [LoggerMessage(561, LogLevel.Warning, "Files of an answer were not attached, because one could not be read: {Reason}")]
    private static partial void NotReadable(ILogger logger, string reason);
}
