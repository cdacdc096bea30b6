using CodeInterpreter.Gateway;
using CodeInterpreter.ServiceDefaults.Hosting;
using CodeInterpreter.ServiceDefaults.Messaging;
using CodeInterpreter.ServiceDefaults.Programs;

const int httpPort = 8080;
var program = new ServiceProgram("The gateway of Code Interpreter: its API over HTTP and gRPC.", httpPort, GatewayCommands.Keys());
return await program.RunAsync(args, Build, Map);

WebApplicationBuilder Build(string[] settings)
{
    var builder = WebApplication.CreateBuilder(settings);
    builder.AddDefaultEndpoints(httpPort, grpcPort: 8081);
    builder.AddServiceDefaults();
    builder.AddGateway();
    builder.AddMessageBus("gateway", bus => bus.AddGatewayConsumers(builder.Configuration));
    return builder;
}

void Map(WebApplication app)
{
    app.MapGateway();
    app.MapServiceDefaults();
}
