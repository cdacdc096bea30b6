using CodeInterpreter.Gateway;
using CodeInterpreter.Gateway.Access.Keys;
using CodeInterpreter.ServiceDefaults.Hosting;
using CodeInterpreter.ServiceDefaults.Messaging;

const int httpPort = 8080;
if (HealthCommand.IsAskedFor(args)) return await HealthCommand.RunAsync(httpPort);
if (KeysCommand.IsAskedFor(args)) return await KeysCommand.RunAsync(args);

var builder = WebApplication.CreateBuilder(args);
builder.AddDefaultEndpoints(httpPort, grpcPort: 8081);
builder.AddServiceDefaults();
builder.AddGateway();
builder.AddMessageBus(bus => bus.AddGatewayConsumers(builder.Configuration));

var app = builder.Build();
app.MapGateway();
app.MapServiceDefaults();
app.Run();
return 0;
