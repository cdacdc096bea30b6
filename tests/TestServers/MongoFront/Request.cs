using System.Buffers.Binary;
using MongoDB.Bson;

namespace CodeInterpreter.MongoFront;

/// <summary>One command of a client.</summary>
/// <param name="Id">The client's number for it, which the reply refers to.</param>
/// <param name="IsQuery">Whether it came as OP_QUERY, as the first hello of a connection may.</param>
/// <param name="WantsReply">False for writes that are not acknowledged.</param>
/// <param name="Body">The command; its first element is its name.</param>
/// <param name="Sequence">The documents that were sent beside the body, one after the other.</param>
internal sealed record Request(int Id, bool IsQuery, bool WantsReply, BsonDocument Body, byte[]? Sequence)
{
    public string Command => Body.GetElement(0).Name;

    /// <summary>The value of the first element: mostly the name of a collection.</summary>
    public BsonValue Target => Body[0];

    /// <summary>Whether the documents beside the body are just one, so that it failed as a whole or not at all.</summary>
    public bool IsSingleWrite =>
        Sequence is { Length: > 4 } documents && BinaryPrimitives.ReadInt32LittleEndian(documents) == documents.Length;

    public string Database { get; } = Body.GetValue("$db", "admin").AsString;
}
