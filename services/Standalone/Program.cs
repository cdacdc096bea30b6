using CodeInterpreter.Gateway;
using CodeInterpreter.Gateway.Access.Keys;
using CodeInterpreter.Runner;
using CodeInterpreter.ServiceDefaults.Hosting;
using CodeInterpreter.ServiceDefaults.Messaging;
using CodeInterpreter.Standalone;

if (KeysCommand.IsAskedFor(args)) return await KeysCommand.RunAsync(args, StandaloneExtensions.AddExecutionsDirectory);

var builder = WebApplication.CreateBuilder(args);
builder.AddDefaultEndpoints(httpPort: 8080, grpcPort: 8081);
builder.AddPlainLog();
builder.AddServiceDefaults();
using var data = builder.AddDataDirectory();
builder.AddEmbeddedFileStore(data);
builder.AddGateway();
builder.AddRunner();
builder.AddMessageBus(bus =>
{
    bus.AddGatewayConsumers(builder.Configuration);
    bus.AddRunnerConsumers();
});

var app = builder.Build();
app.MapGateway();
app.MapServiceDefaults();
app.Run();
return 0;
