using CodeInterpreter.FileStore;
using CodeInterpreter.FileStore.Migration;
using CodeInterpreter.ServiceDefaults.Hosting;
using CodeInterpreter.ServiceDefaults.Programs;

const int httpPort = 8091;
var program = new ServiceProgram(
    "The file store of Code Interpreter: keeps files and who owns them.",
    httpPort,
    settings => BlobsCommand.Create(() => BuildStorage(settings))
);
return await program.RunAsync(args, Build, Map);

WebApplicationBuilder Build(string[] settings)
{
    var builder = WebApplication.CreateBuilder(settings);
    builder.AddDefaultEndpoints(httpPort, grpcPort: 8090);
    builder.AddServiceDefaults();
    builder.AddFileStore();
    return builder;
}

WebApplicationBuilder BuildStorage(string[] settings)
{
    var builder = WebApplication.CreateBuilder(settings);
    builder.AddFileStorage();
    return builder;
}

void Map(WebApplication app)
{
    app.MapFileStore();
    app.MapServiceDefaults();
}
