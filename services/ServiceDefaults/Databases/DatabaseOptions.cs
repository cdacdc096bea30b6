using CodeInterpreter.ServiceDefaults.Settings;

namespace CodeInterpreter.ServiceDefaults.Databases;

/// <summary>
/// Where records are kept, section <c>Database</c>: those of files in the file store, those of executions in the gateway.
/// Both may use the same database; each has a collection of its own.
/// </summary>
public sealed class DatabaseOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Database";

    /// <summary>The kind of database. <c>Sqlite</c> by default: a first start needs no server.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>
    /// The MongoDB, <c>mongodb://user:password@host:port/?options</c> or <c>mongodb+srv://</c>; by default one on this machine
    /// without users. Special characters in user and password are percent-encoded. It is never logged. Unless its options
    /// say otherwise, <c>serverSelectionTimeoutMS</c> and <c>connectTimeoutMS</c> are 5 s, <c>socketTimeoutMS</c> and
    /// <c>waitQueueTimeoutMS</c> 10 s: callers get an error while they still wait. Reads always go to the primary, so that a file is found
    /// as soon as its id is known.
    /// </summary>
    [Secret]
    public string MongoDb { get; set; } = "mongodb://127.0.0.1:27017";

    /// <summary>
    /// Name of the database in the MongoDB, <c>code_interpreter</c> by default: letters, digits, <c>_</c> and <c>-</c>, at most 63. It is
    /// created at the first use. A database in the address is used only to authenticate the user.
    /// </summary>
    public string Name { get; set; } = "code_interpreter";
}
