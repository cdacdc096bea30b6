using System.Diagnostics;
using MongoDB.Bson;

namespace CodeInterpreter.MongoFront;

/// <summary>The commands that need no database: who the server is and what it can do.</summary>
internal static class Greetings
{
    private const string Version = "7.0.0";
    private static readonly long Started = Stopwatch.GetTimestamp();

    /// <returns>The reply, or null when the command is none of these.</returns>
    public static BsonDocument? Answer(Request request) =>
        request.Command switch
        {
            "hello" or "isMaster" or "ismaster" => Hello(),
            "buildInfo" or "buildinfo" => new BsonDocument
            {
                { "version", Version },
                {
                    "versionArray",
                    new BsonArray { 7, 0, 0, 0 }
                },
                { "gitVersion", "code-interpreter-test-front" },
                { "maxBsonObjectSize", 16 * 1024 * 1024 },
                { "bits", 64 },
                { "ok", 1.0 },
            },
            "serverStatus" => new BsonDocument
            {
                { "host", Environment.MachineName },
                { "version", Version },
                { "process", "mongod" },
                { "pid", (long)Environment.ProcessId },
                { "uptime", Stopwatch.GetElapsedTime(Started).TotalSeconds },
                { "localTime", DateTime.UtcNow },
                { "ok", 1.0 },
            },
            "endSessions" => new BsonDocument("ok", 1.0),
            _ => null,
        };

    // Without sessions, a standalone server: the driver then sends neither transactions nor retryable writes.
    private static BsonDocument Hello() =>
        new()
        {
            { "helloOk", true },
            { "ismaster", true },
            { "isWritablePrimary", true },
            { "maxBsonObjectSize", 16 * 1024 * 1024 },
            { "maxMessageSizeBytes", 48_000_000 },
            { "maxWriteBatchSize", 100_000 },
            { "localTime", DateTime.UtcNow },
            { "minWireVersion", 0 },
            { "maxWireVersion", 21 },
            { "readOnly", false },
            { "ok", 1.0 },
        };
}
