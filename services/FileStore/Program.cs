using CodeInterpreter.FileStore;
using CodeInterpreter.FileStore.Migration;
using CodeInterpreter.ServiceDefaults.Hosting;

const int httpPort = 8091;
if (HealthCommand.IsAskedFor(args)) return await HealthCommand.RunAsync(httpPort);
if (BlobsCommand.IsAskedFor(args)) return await BlobsCommand.RunAsync(args);

var builder = WebApplication.CreateBuilder(args);
builder.AddDefaultEndpoints(httpPort, grpcPort: 8090);
builder.AddServiceDefaults();
builder.AddFileStore();

var app = builder.Build();
app.MapFileStore();
app.MapServiceDefaults();
app.Run();
return 0;
