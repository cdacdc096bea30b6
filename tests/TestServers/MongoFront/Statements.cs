namespace CodeInterpreter.MongoFront;

/// <summary>
/// The SQL behind each command. Parameters: $1 the database, $2 the command, $3 what comes beside it (documents, or the
/// state of a cursor), $4 the collection. Columns: the reply (none means plain success), a cursor's state and id, and
/// whether all went well.
/// </summary>
internal static class Statements
{
    private static readonly Dictionary<string, string> ByCommand = new()
    {
        ["insert"] = Write("insert", ", $3::documentdb_core.bsonsequence"),
        ["update"] = Write("update", ", $3::documentdb_core.bsonsequence"),
        ["delete"] = Write("delete", ", $3::documentdb_core.bsonsequence"),
        ["findAndModify"] = Write("find_and_modify", ""),
        ["findandmodify"] = Write("find_and_modify", ""),
        ["find"] = FirstPage("find"),
        ["aggregate"] = FirstPage("aggregate"),
        ["listCollections"] = FirstPage("list_collections"),
        ["listIndexes"] = FirstPage("list_indexes"),
        ["getMore"] = """
            SELECT cursorpage::bytea, continuation::bytea, 0::bigint, true
            FROM documentdb_api.cursor_get_more($1, $2::documentdb_core.bson, $3::documentdb_core.bson)
            """,
        ["count"] = Value("documentdb_api.count_query($1, $2::documentdb_core.bson)"),
        ["distinct"] = Value("documentdb_api.distinct_query($1, $2::documentdb_core.bson)"),
        ["create"] = Value("documentdb_api.create_collection_view($1, $2::documentdb_core.bson)"),
        ["collMod"] = Value("documentdb_api.coll_mod($1, $4, $2::documentdb_core.bson)"),
        ["collStats"] = Value("documentdb_api.coll_stats($1, $4)"),
        ["dbStats"] = Value("documentdb_api.db_stats($1)"),
        ["renameCollection"] = Value("documentdb_api.rename_collection($2::documentdb_core.bson)"),
        ["listDatabases"] = Value("documentdb_api.list_databases($2::documentdb_core.bson)"),
        // True: the collection may have been there before.
        ["createIndexes"] = Value("documentdb_api_internal.create_indexes_non_concurrently($1, $2::documentdb_core.bson, true)"),
        ["dropIndexes"] = Value("documentdb_api_internal.drop_indexes_non_concurrently($1, $2::documentdb_core.bson)"),
        ["drop"] = Success("documentdb_api.drop_collection($1, $4)"),
        ["dropDatabase"] = Success("documentdb_api.drop_database($1)"),
        ["ping"] = Success("version()"),
    };

    public static string? For(string command) => ByCommand.GetValueOrDefault(command);

    private static string Write(string function, string documents) =>
        $"""
            SELECT p_result::bytea, NULL::bytea, 0::bigint, p_success
            FROM documentdb_api.{function}($1, $2::documentdb_core.bson{documents})
            """;

    private static string FirstPage(string function) =>
        $"""
            SELECT cursorpage::bytea, continuation::bytea, cursorid, true
            FROM documentdb_api.{function}_cursor_first_page($1, $2::documentdb_core.bson)
            """;

    private static string Value(string call) => $"SELECT ({call})::bytea, NULL::bytea, 0::bigint, true";

    private static string Success(string call) => $"SELECT NULL::bytea, NULL::bytea, 0::bigint, true FROM {call}";
}
