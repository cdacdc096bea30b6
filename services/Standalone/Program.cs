using CodeInterpreter.Gateway;
using CodeInterpreter.Runner;
using CodeInterpreter.ServiceDefaults.Hosting;
using CodeInterpreter.ServiceDefaults.Messaging;
using CodeInterpreter.ServiceDefaults.Programs;
using CodeInterpreter.Standalone;

const int httpPort = 8080;
var program = new ServiceProgram(
    "Code Interpreter in one process.",
    httpPort,
    GatewayCommands.Keys(StandaloneExtensions.AddExecutionsDirectory)
);
return await program.RunAsync(args, Build, Map);

WebApplicationBuilder Build(string[] settings)
{
    var builder = WebApplication.CreateBuilder(settings);
    builder.AddDefaultEndpoints(httpPort, grpcPort: 8081);
    builder.AddPlainLog();
    builder.AddServiceDefaults();
    var data = builder.AddDataDirectory();
    builder.AddEmbeddedFileStore(data);
    builder.AddGateway();
    builder.AddRunner();
    builder.AddMessageBus(
        "standalone",
        bus =>
        {
            bus.AddGatewayConsumers(builder.Configuration);
            bus.AddRunnerConsumers();
        }
    );
    return builder;
}

void Map(WebApplication app)
{
    app.MapGateway();
    app.MapServiceDefaults();
}
