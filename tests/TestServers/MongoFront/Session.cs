using System.Net.Sockets;
using MongoDB.Bson;
using Npgsql;

namespace CodeInterpreter.MongoFront;

/// <summary>One connection of a client: answers its commands one after the other until it hangs up.</summary>
internal sealed class Session(Engine engine)
{
    public async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        client.NoDelay = true;
        try
        {
            var wire = new Wire(client.GetStream());
            while (await wire.ReadAsync() is { } request)
            {
                var reply = await AnswerAsync(request);
                if (request.WantsReply)
                    await wire.ReplyAsync(request, reply);
            }
        }
        // A server that goes down hangs up; the client then knows that it has to look for it again.
        catch (Exception exception) when (exception is IOException or SocketException or NpgsqlException) { }
        catch (Exception exception) when (exception is InvalidDataException or FormatException)
        {
            await Console.Error.WriteLineAsync($"A client was cut off: {exception.Message}");
        }
    }

    private async Task<byte[]> AnswerAsync(Request request)
    {
        try
        {
            return Greetings.Answer(request)?.ToBson() ?? await engine.ExecuteAsync(request);
        }
        catch (PostgresException exception) when (!exception.SqlState.StartsWith("57P", StringComparison.Ordinal))
        {
            return Errors.Reply(Errors.CodeOf(exception.SqlState), exception.MessageText).ToBson();
        }
        catch (CommandException exception)
        {
            return Errors.Reply(exception.Code, exception.Message).ToBson();
        }
    }
}
