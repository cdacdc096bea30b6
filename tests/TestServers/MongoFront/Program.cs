using System.Net;
using System.Net.Sockets;
using CodeInterpreter.MongoFront;
using Npgsql;

// Test support: makes PostgreSQL with the DocumentDB extension look like a standalone mongod, as far as our tests go.
var port = int.Parse(Environment.GetEnvironmentVariable("MONGO_FRONT_PORT") ?? "27017");
await using var database = NpgsqlDataSource.Create(
    new NpgsqlConnectionStringBuilder
    {
        Host = Environment.GetEnvironmentVariable("MONGO_FRONT_POSTGRES") ?? "/var/run/postgresql",
        Username = "postgres",
        Database = "postgres",
        MaxPoolSize = 80,
        MaxAutoPrepare = 40,
        AutoPrepareMinUsages = 2,
        CommandTimeout = 120,
    }
);
await UntilPostgresAnswersAsync(database);
using var listener = new TcpListener(IPAddress.Any, port);
listener.Start(backlog: 512);
using var engine = new Engine(database);
while (true)
{
    var client = await listener.AcceptTcpClientAsync();
    _ = Task.Run(() => new Session(engine).ServeAsync(client));
}

static async Task UntilPostgresAnswersAsync(NpgsqlDataSource database)
{
    using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
    while (true)
    {
        try
        {
            await using var connection = await database.OpenConnectionAsync(patience.Token);
            return;
        }
        catch (NpgsqlException)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
        }
    }
}
