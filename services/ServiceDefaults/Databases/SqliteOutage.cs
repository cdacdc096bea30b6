using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace CodeInterpreter.ServiceDefaults.Databases;

/// <summary>Distinguishes failures that end by themselves, or when an operator acts, from mistakes in the program.</summary>
public static class SqliteOutage
{
    /// <summary>
    /// Whether the file cannot be used at the moment, or a write waited too long. Everything else, such as a violated constraint, is a
    /// mistake in the program, and trying again does not help.
    /// </summary>
    public static bool Is(Exception exception) =>
        exception switch
        {
            SqliteException sqlite => sqlite.SqliteErrorCode
                is SQLITE_BUSY
                    or SQLITE_LOCKED
                    or SQLITE_NOMEM
                    or SQLITE_READONLY
                    or SQLITE_IOERR
                    or SQLITE_CORRUPT
                    or SQLITE_FULL
                    or SQLITE_CANTOPEN
                    or SQLITE_PROTOCOL
                    or SQLITE_NOTADB,
            IOException or UnauthorizedAccessException or TimeoutException => true,
            _ => false,
        };

    /// <summary>Whether the disk has no space left.</summary>
    public static bool IsFull(Exception exception) => exception is SqliteException { SqliteErrorCode: SQLITE_FULL };
}
