namespace CodeInterpreter.ServiceDefaults.Databases;

/// <summary>What kind of database keeps a service's records.</summary>
public enum DatabaseProvider
{
    /// <summary>An embedded SQLite file in the service's data directory: nothing to install, for one process.</summary>
    Sqlite,

    /// <summary>A MongoDB server or replica set, which any number of replicas of a service share.</summary>
    MongoDb,
}
