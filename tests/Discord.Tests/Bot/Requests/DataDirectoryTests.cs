using CodeInterpreter.Discord.Bot.Requests;
using CodeInterpreter.Discord.Bot.Settings;
using CodeInterpreter.ServiceDefaults.Databases;
using CodeInterpreter.ServiceDefaults.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Discord.Tests.Bot.Requests;

public sealed class DataDirectoryTests
{
    // Below a file, no account can make a directory.
    private static readonly string Impossible = Path.Combine(typeof(DataDirectoryTests).Assembly.Location, "data");

    [Fact]
    public async Task ADirectoryThatCannotBeUsed_EndsTheStart_AndIsNamed()
    {
        var start = () => StartAsync(DatabaseProvider.Sqlite);
        (await start.ShouldThrowAsync<StartRefusedException>()).Message.ShouldStartWith($"Discord:Bot:DataDirectory is '{Impossible}'");
    }

    [Fact]
    public async Task WithMongoDb_NoDirectoryIsNeeded() => await StartAsync(DatabaseProvider.MongoDb);

    private static Task StartAsync(DatabaseProvider provider) =>
        new DataDirectory(
            Options.Create(new BotOptions { DataDirectory = Impossible }),
            Options.Create(new DatabaseOptions { Provider = provider }),
            NullLogger<DataDirectory>.Instance
        ).StartAsync(TestContext.Current.CancellationToken);
}
