using CodeInterpreter.Discord;
using CodeInterpreter.Discord.Platform.Startup;
using CodeInterpreter.ServiceDefaults.Hosting;
using CodeInterpreter.ServiceDefaults.Programs;

const int httpPort = 8111;
var program = new ServiceProgram("The Discord bot of Code Interpreter: runs code that people send it.", httpPort);
FatalError? fatal = null;
var exitCode = await program.RunAsync(args, Build, Map);
return exitCode == 0 && fatal is { HasOccurred: true } ? ExitCodes.Configuration : exitCode;

WebApplicationBuilder Build(string[] settings)
{
    var builder = WebApplication.CreateBuilder(settings);
    builder.AddDefaultEndpoints(httpPort, grpcPort: 8112);
    builder.AddServiceDefaults();
    builder.AddDiscord();
    return builder;
}

void Map(WebApplication app)
{
    fatal = app.Services.GetRequiredService<FatalError>();
    app.MapDiscord();
    app.MapServiceDefaults();
}
