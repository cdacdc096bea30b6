using MongoDB.Bson;
using MongoDB.Bson.Serialization;

namespace CodeInterpreter.MongoFront;

/// <summary>A command that failed before it reached the database.</summary>
internal sealed class CommandException(int code, string message) : Exception(message)
{
    public int Code => code;
}

/// <summary>Translates the engine's errors into those a MongoDB driver knows.</summary>
internal static class Errors
{
    public const int CursorNotFound = 43;
    public const int CommandNotFound = 59;
    private const int InternalError = 1;
    private const int WriteConflict = 112;
    private const int DuplicateKey = 11000;

    private static readonly Dictionary<string, int> Codes = new()
    {
        ["23505"] = DuplicateKey,
        ["23P01"] = DuplicateKey,
        ["22P02"] = 2,
        ["0A000"] = 115,
        ["40001"] = WriteConflict,
        ["40P01"] = WriteConflict,
        ["42P01"] = 26,
        ["55P03"] = 24,
        ["57014"] = 50,
        // The extension's own, in the order of its list.
        ["M0001"] = 2,
        ["M0003"] = 9,
        ["M0004"] = 14,
        ["M0005"] = 15,
        ["M0006"] = 20,
        ["M0008"] = 26,
        ["M0009"] = 27,
        ["M000A"] = 28,
        ["M000D"] = 40,
        ["M000E"] = CursorNotFound,
        ["M000F"] = 48,
        ["M000G"] = 52,
        ["M000M"] = 66,
        ["M000N"] = 67,
        ["M000O"] = 68,
        ["M000P"] = 72,
        ["M000Q"] = 73,
        ["M000R"] = 85,
        ["M000S"] = 86,
        ["M000U"] = 115,
        ["M0012"] = 197,
        ["M0015"] = 241,
        ["M001C"] = DuplicateKey,
        ["M00CO"] = 121,
    };

    private static readonly Dictionary<int, string> Names = new()
    {
        [2] = "BadValue",
        [9] = "FailedToParse",
        [14] = "TypeMismatch",
        [26] = "NamespaceNotFound",
        [27] = "IndexNotFound",
        [CursorNotFound] = "CursorNotFound",
        [48] = "NamespaceExists",
        [50] = "MaxTimeMSExpired",
        [CommandNotFound] = "CommandNotFound",
        [66] = "ImmutableField",
        [85] = "IndexOptionsConflict",
        [86] = "IndexKeySpecsConflict",
        [WriteConflict] = "WriteConflict",
        [115] = "CommandNotSupported",
        [DuplicateKey] = "DuplicateKey",
    };

    public static int CodeOf(string sqlState) => Codes.GetValueOrDefault(sqlState, InternalError);

    public static BsonDocument Reply(int code, string message) =>
        new()
        {
            { "ok", 0.0 },
            { "errmsg", MessageOf(code, message) },
            { "code", code },
            { "codeName", Names.GetValueOrDefault(code, "InternalError") },
        };

    /// <summary>Gives the write errors in a reply their codes; the engine says them as packed SQL states.</summary>
    /// <returns>The reply, and whether a write lost against another one.</returns>
    public static (byte[] Reply, bool IsConflict) TranslateWriteErrors(byte[] reply)
    {
        var isConflict = false;
        var document = BsonSerializer.Deserialize<BsonDocument>(reply);
        foreach (var error in document.GetValue("writeErrors", new BsonArray()).AsBsonArray.OfType<BsonDocument>())
        {
            var code = CodeOf(Unpack(error["code"].AsInt32));
            isConflict |= code == WriteConflict;
            error["code"] = code;
            error["errmsg"] = MessageOf(code, error["errmsg"].AsString);
        }
        return (document.ToBson(), isConflict);
    }

    private static string MessageOf(int code, string message) => code == DuplicateKey ? $"E11000 duplicate key error: {message}" : message;

    /// <summary>PostgreSQL packs the five characters of a state with six bits each.</summary>
    private static string Unpack(int packed) =>
        string.Create(
            5,
            packed,
            (characters, bits) =>
            {
                for (var i = 0; i < characters.Length; i++, bits >>= 6)
                    characters[i] = (char)('0' + (bits & 0x3F));
            }
        );
}
