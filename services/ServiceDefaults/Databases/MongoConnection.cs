using Microsoft.Extensions.Options;
using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Core.Configuration;

namespace CodeInterpreter.ServiceDefaults.Databases;

/// <summary>
/// The connections of a process to its MongoDB. Making one of these connects to nothing yet; the driver does so at the
/// first use, and again after every outage.
/// </summary>
public sealed class MongoConnection : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    private readonly MongoClient _client;
    private readonly IMongoDatabase _database;

    /// <summary>For the database that the options name.</summary>
    public MongoConnection(IOptions<DatabaseOptions> options)
    {
        _client = new MongoClient(SettingsFor(options.Value.MongoDb));
        _database = _client.GetDatabase(options.Value.Name);
    }

    /// <summary>The records in the collection of that name, which has these indexes once it is used.</summary>
    /// <param name="collection">The name.</param>
    /// <param name="failed">What callers get during an outage, see <see cref="MongoOutage"/>.</param>
    /// <param name="indexes">The indexes.</param>
    public MongoRecords GetRecords(
        string collection,
        DatabaseFailure failed,
        params IReadOnlyList<CreateIndexModel<BsonDocument>> indexes
    ) => new(_database.GetCollection<BsonDocument>(collection), failed, indexes);

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    internal static bool IsAddress(string text)
    {
        try
        {
            SettingsFor(text);
            return true;
        }
        // What it says has the whole text in it, with the password.
        catch (Exception exception) when (exception is MongoConfigurationException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static MongoClientSettings SettingsFor(string address)
    {
        var said = new ConnectionString(address);
        var settings = MongoClientSettings.FromConnectionString(address);
        settings.ConnectTimeout = said.ConnectTimeout ?? ConnectTimeout;
        settings.ServerSelectionTimeout = said.ServerSelectionTimeout ?? ConnectTimeout;
        settings.SocketTimeout = said.SocketTimeout ?? AnswerTimeout;
        settings.WaitQueueTimeout = said.WaitQueueTimeout ?? AnswerTimeout;
        settings.ReadPreference = ReadPreference.Primary;
        return settings;
    }
}
