using CodeInterpreter.FileStore.Files;

namespace CodeInterpreter.FileStore.Metadata;

/// <summary>The SQL of <see cref="SqliteFileMetadata"/>.</summary>
internal static class SqliteStatements
{
    /// <summary>The steps from an empty database to the schema of today. What has been released is never changed.</summary>
    public static readonly IReadOnlyList<string> Schema =
    [
        CreateFiles,
        AddUploadIds,
        CreateExpired,
        CreateBlobStore,
        IndexExecutions,
        SeparateUploads,
        IndexExpiredOfUsers,
    ];

    private const string CreateFiles = """
        CREATE TABLE IF NOT EXISTS user_files (
            file_id       TEXT    NOT NULL PRIMARY KEY,
            user_id       TEXT    NOT NULL,
            filename      TEXT    NOT NULL,
            file_path     TEXT    NOT NULL,
            file_size     INTEGER NOT NULL,
            file_type     TEXT    NOT NULL,
            mime_type     TEXT    NOT NULL,
            sha256        TEXT    NOT NULL,
            source        TEXT    NOT NULL,
            execution_id  TEXT,
            uploaded_at   INTEGER NOT NULL,
            expires_at    INTEGER NOT NULL,
            state         TEXT    NOT NULL DEFAULT 'stored',
            claimed_until INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX IF NOT EXISTS user_files_user_id ON user_files (user_id, uploaded_at, file_id);
        CREATE INDEX IF NOT EXISTS user_files_expires_at ON user_files (expires_at);
        CREATE INDEX IF NOT EXISTS user_files_deleting ON user_files (claimed_until) WHERE state = 'deleting';
        """;

    private const string AddUploadIds = """
        ALTER TABLE user_files ADD COLUMN upload_id TEXT;
        CREATE UNIQUE INDEX user_files_upload_id ON user_files (user_id, upload_id);
        """;

    private const string CreateExpired = """
        CREATE TABLE expired_files (
            file_id    TEXT    NOT NULL PRIMARY KEY,
            user_id    TEXT    NOT NULL,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX expired_files_expires_at ON expired_files (expires_at);
        """;

    private const string CreateBlobStore = """
        CREATE TABLE blob_store (
            one_row INTEGER NOT NULL PRIMARY KEY CHECK (one_row = 1),
            mark    TEXT    NOT NULL
        ) STRICT;
        """;

    private const string IndexExecutions = """
        CREATE INDEX user_files_execution_id ON user_files (user_id, execution_id, uploaded_at, file_id)
            WHERE execution_id IS NOT NULL;
        """;

    // Upload ids of executions are their own: none can name an upload of another, or of its owner.
    private const string SeparateUploads = """
        DROP INDEX user_files_upload_id;
        CREATE UNIQUE INDEX user_files_upload_id ON user_files (user_id, coalesce(execution_id, ''), upload_id);
        """;

    private const string IndexExpiredOfUsers = "CREATE INDEX expired_files_user_id ON expired_files (user_id);";

    public const string Bind = """
        INSERT INTO blob_store (one_row, mark) VALUES (1, @blobStore) ON CONFLICT DO NOTHING;
        SELECT mark FROM blob_store;
        """;

    public const string Walk = $"""
        SELECT {Columns} FROM user_files
        WHERE file_id > @after AND state = 'stored'
        ORDER BY file_id LIMIT @count;
        """;

    public const string Measure = $"{Usage} WHERE user_id = @userId AND {Visible};";

    public const string MeasureExecution = $"{Usage} WHERE user_id = @userId AND execution_id = @executionId AND {Visible};";

    public const string Extend = $"""
        UPDATE user_files SET expires_at = max(expires_at, @expiresAt)
        WHERE file_id = @fileId AND user_id = @userId AND {Visible}
        RETURNING {Columns};
        """;

    public const string HasExpired = """
        SELECT EXISTS (SELECT 1 FROM user_files WHERE file_id = @fileId AND user_id = @userId AND expires_at <= @now)
            OR EXISTS (SELECT 1 FROM expired_files WHERE file_id = @fileId AND user_id = @userId);
        """;

    public const string RecordExpired =
        "INSERT INTO expired_files (file_id, user_id, expires_at) VALUES (@FileId, @UserId, @ExpiresAt) ON CONFLICT DO NOTHING;";

    public const string ForgetExpired = "DELETE FROM expired_files WHERE expires_at < @before;";

    public const string ForgetExpiredOf = "DELETE FROM expired_files WHERE user_id = @userId;";

    // No user has that id, so that the record belongs to no user. It is written again by the next check.
    public const string Check = """
        INSERT INTO expired_files (file_id, user_id, expires_at) VALUES ('.readiness', '.readiness', @now)
            ON CONFLICT DO UPDATE SET expires_at = excluded.expires_at;
        """;

    public const string Add = """
        INSERT INTO user_files (file_id, user_id, filename, file_path, file_size, file_type, mime_type, sha256, source,
            execution_id, upload_id, uploaded_at, expires_at)
        VALUES (@FileId, @UserId, @Filename, @FilePath, @FileSize, @FileType, @MimeType, @Sha256, @Source,
            @ExecutionId, @UploadId, @UploadedAt, @ExpiresAt);
        """;

    public const string FindUpload = $"""
        SELECT {Columns} FROM user_files
        WHERE user_id = @UserId AND coalesce(execution_id, '') = coalesce(@ExecutionId, '') AND upload_id = @UploadId;
        """;

    public const string Supersede = $"UPDATE user_files SET {Claimed} WHERE file_id = @fileId AND state = 'stored';";

    public const string Find = $"""
        SELECT {Columns} FROM user_files
        WHERE file_id = @fileId AND user_id = @userId AND {Visible};
        """;

    public const string Claim = $"""
        UPDATE user_files SET {Claimed}
        WHERE file_id = @fileId AND user_id = @userId AND {Visible};
        """;

    public const string ClaimExpired = $"""
        UPDATE user_files SET {Claimed}
        WHERE file_id IN (
            SELECT file_id FROM user_files WHERE state = 'stored' AND expires_at <= @now AND {OfAnybody}
            UNION ALL
            SELECT file_id FROM user_files WHERE state = 'deleting' AND claimed_until <= @now AND {OfAnybody}
            LIMIT @count)
        RETURNING {Columns};
        """;

    public const string Remove = "DELETE FROM user_files WHERE file_id IN @fileIds AND state = 'deleting';";

    public const string FindKnown = "SELECT file_id FROM user_files WHERE file_id IN @fileIds;";

    private const string Usage = "SELECT count(*) AS Files, coalesce(sum(file_size), 0) AS Bytes FROM user_files";

    /// <summary>The function that searches in names, which SQLite by itself can do in ASCII only.</summary>
    public const string NameContains = "name_contains";

    private const string OfAnybody = "(@userId IS NULL OR user_id = @userId)";

    private const string Visible = "state = 'stored' AND expires_at > @now";

    // A file that is being deleted does not block an upload.
    private const string Claimed = "state = 'deleting', claimed_until = @until, upload_id = NULL";

    private const string Columns = """
        file_id AS FileId, user_id AS UserId, filename AS Filename, file_path AS FilePath, file_size AS FileSize,
        file_type AS FileType, mime_type AS MimeType, sha256 AS Sha256, source AS Source, execution_id AS ExecutionId,
        upload_id AS UploadId, uploaded_at AS UploadedAt, expires_at AS ExpiresAt
        """;

    /// <summary>With no condition that is not asked for: indexes serve conditions, not their absence.</summary>
    public static string List(FileQuery query, FilePosition? after) =>
        $"""
            SELECT {Columns} FROM user_files
            WHERE {string.Join(" AND ", Conditions(query, after))}
            ORDER BY uploaded_at DESC, file_id DESC LIMIT @count;
            """;

    private static IEnumerable<string> Conditions(FileQuery query, FilePosition? after)
    {
        yield return "user_id = @userId";
        yield return Visible;
        if (query.ExecutionId is not null)
            yield return "execution_id = @executionId";
        if (query.Source is not null)
            yield return "source = @source";
        if (query.FileType is not null)
            yield return "file_type = @fileType";
        if (query.NameContains is not null)
            yield return $"{NameContains}(filename)";
        if (after is not null)
            yield return "(uploaded_at, file_id) < (@uploadedAt, @fileId)";
    }
}
