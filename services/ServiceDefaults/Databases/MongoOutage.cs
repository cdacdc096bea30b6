using MongoDB.Driver;

namespace CodeInterpreter.ServiceDefaults.Databases;

/// <summary>Distinguishes failures that end by themselves, or when an operator acts, from mistakes in the program.</summary>
public static class MongoOutage
{
    /// <summary>Servers repeat single writes that meet others by themselves; one that gives up has too much to do.</summary>
    public const int WriteConflict = 112;

    private const int Unauthorized = 13;
    private const int OutOfDiskSpace = 14031;

    /// <summary>Whether the driver threw it because the server is unavailable, busy or full, or refuses access.</summary>
    public static bool Is(Exception exception) =>
        exception switch
        {
            // Too long without a server, or without a free connection to it.
            TimeoutException => true,
            MongoConnectionException or MongoConnectionPoolPausedException or MongoWaitQueueFullException => true,
            MongoNotPrimaryException or MongoNodeIsRecoveringException => true,
            MongoExecutionTimeoutException or MongoWriteConcernException or MongoCursorNotFoundException => true,
            MongoCommandException command => IsOutage(command.Code),
            MongoWriteException write => write.WriteError is null || IsOutage(write.WriteError.Code),
            MongoBulkWriteException bulk => bulk.WriteErrors.All(error => IsOutage(error.Code)),
            _ => false,
        };

    /// <summary>The same for what several were to write together: what single writes failed with concerns only those.</summary>
    public static bool IsForAll(Exception exception) => exception is not MongoBulkWriteException && Is(exception);

    /// <summary>Whether the server has no space left for what it was to write.</summary>
    public static bool IsFull(Exception exception) =>
        exception switch
        {
            MongoCommandException command => command.Code == OutOfDiskSpace,
            MongoWriteException write => write.WriteError?.Code == OutOfDiskSpace,
            MongoBulkWriteException bulk => bulk.WriteErrors.Any(error => error.Code == OutOfDiskSpace),
            _ => false,
        };

    private static bool IsOutage(int code) => code is Unauthorized or OutOfDiskSpace or WriteConflict;
}
