using CodeInterpreter.Runner;
using CodeInterpreter.ServiceDefaults.Hosting;
using CodeInterpreter.ServiceDefaults.Messaging;

const int httpPort = 8101;
if (HealthCommand.IsAskedFor(args)) return await HealthCommand.RunAsync(httpPort);

var builder = WebApplication.CreateBuilder(args);
builder.AddDefaultEndpoints(httpPort, grpcPort: 8102);
builder.AddServiceDefaults();
builder.AddRunner();
builder.AddMessageBus(bus => bus.AddRunnerConsumers());

var app = builder.Build();
app.MapServiceDefaults();
app.Run();
return 0;
