using CodeInterpreter.Runner;
using CodeInterpreter.ServiceDefaults.Hosting;
using CodeInterpreter.ServiceDefaults.Messaging;
using CodeInterpreter.ServiceDefaults.Programs;

const int httpPort = 8101;
var program = new ServiceProgram("A runner of Code Interpreter: runs code in sandboxes.", httpPort);
return await program.RunAsync(args, Build, Map);

WebApplicationBuilder Build(string[] settings)
{
    var builder = WebApplication.CreateBuilder(settings);
    builder.AddDefaultEndpoints(httpPort, grpcPort: 8102);
    builder.AddServiceDefaults();
    builder.AddRunner();
    builder.AddMessageBus("runner", bus => bus.AddRunnerConsumers());
    return builder;
}

void Map(WebApplication app)
{
    app.MapServiceDefaults();
}
