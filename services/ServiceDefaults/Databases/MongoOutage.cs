using MongoDB.Driver;

namespace CodeInterpreter.ServiceDefaults.Databases;

/// <summary>Tells failures that go away by themselves, or by an operator's hand, from mistakes in the program.</summary>
public static class MongoOutage
{
    private const int Unauthorized = 13;
    private const int OutOfDiskSpace = 14031;

    // Servers repeat single writes that meet others by themselves; one that gives up has too much to do.
    private const int WriteConflict = 112;

    /// <summary>Whether the driver threw it because the server is away, busy, full, or not ours to use.</summary>
    public static bool Is(Exception exception) => exception switch
    {
        // Too long without a server, or without a free connection to it.
        TimeoutException => true,
        MongoConnectionException or MongoConnectionPoolPausedException or MongoWaitQueueFullException => true,
        MongoNotPrimaryException or MongoNodeIsRecoveringException => true,
        MongoExecutionTimeoutException or MongoWriteConcernException or MongoCursorNotFoundException => true,
        MongoCommandException command => command.Code is Unauthorized or OutOfDiskSpace or WriteConflict,
        MongoWriteException write => write.WriteError?.Code is null or Unauthorized or OutOfDiskSpace or WriteConflict,
        _ => false,
    };
}
