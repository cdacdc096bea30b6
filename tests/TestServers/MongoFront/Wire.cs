using System.Buffers.Binary;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;

namespace CodeInterpreter.MongoFront;

/// <summary>Reads and writes the messages of the MongoDB wire protocol: OP_MSG, and OP_QUERY for the first hello.</summary>
internal sealed class Wire(Stream stream)
{
    private const int ReplyOperation = 1;
    private const int QueryOperation = 2004;
    private const int MessageOperation = 2013;
    private const int HeaderLength = 16;
    private const int MaxMessageLength = 48_000_000 + HeaderLength;

    /// <returns>The next request, or null when the client has hung up.</returns>
    public async Task<Request?> ReadAsync()
    {
        var header = new byte[HeaderLength];
        if (await stream.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength)
            return null;
        var length = Int32(header, 0);
        if (length is < HeaderLength or > MaxMessageLength)
            throw new InvalidDataException($"A message of {length} bytes.");
        var message = new byte[length - HeaderLength];
        await stream.ReadExactlyAsync(message);
        var id = Int32(header, 4);
        return Int32(header, 12) switch
        {
            MessageOperation => ParseMessage(id, message),
            QueryOperation => ParseQuery(id, message),
            var operation => throw new InvalidDataException($"Operation {operation} is not supported."),
        };
    }

    public async Task ReplyAsync(Request request, byte[] document)
    {
        // OP_REPLY: flags, cursor id, start and number of documents. OP_MSG: flags and the kind of the section.
        byte[] preamble = request.IsQuery ? [8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0] : [0, 0, 0, 0, 0];
        var message = new byte[HeaderLength + preamble.Length + document.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(8), request.Id);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(12), request.IsQuery ? ReplyOperation : MessageOperation);
        preamble.CopyTo(message, HeaderLength);
        document.CopyTo(message, HeaderLength + preamble.Length);
        await stream.WriteAsync(message);
    }

    private static Request ParseMessage(int id, byte[] message)
    {
        const int checksumPresent = 1,
            moreToCome = 2;
        var flags = Int32(message, 0);
        var end = message.Length - ((flags & checksumPresent) != 0 ? 4 : 0);
        BsonDocument? body = null;
        byte[]? sequence = null;
        for (var at = 4; at < end; )
        {
            var isSequence = message[at++] == 1;
            var section = message.AsMemory(at, Int32(message, at));
            at += section.Length;
            if (isSequence)
                sequence = section[(section.Span[4..].IndexOf((byte)0) + 5)..].ToArray();
            else
                body = Document(section);
        }
        return new Request(id, false, (flags & moreToCome) == 0, body ?? throw new InvalidDataException("No body."), sequence);
    }

    private static Request ParseQuery(int id, byte[] message)
    {
        // Flags, the name of the collection, how many to skip and to return, the document.
        var start = Array.IndexOf(message, (byte)0, 4) + 9;
        return new Request(id, true, true, Document(message.AsMemory(start, Int32(message, start))), null);
    }

    private static BsonDocument Document(ReadOnlyMemory<byte> bytes) => BsonSerializer.Deserialize<BsonDocument>(bytes.ToArray());

    private static int Int32(byte[] bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
}
