using CodeInterpreter.Gateway.Http.Access;
using CodeInterpreter.Gateway.Http.Documentation;
using CodeInterpreter.Gateway.Http.Environments;
using CodeInterpreter.Gateway.Http.Errors;
using CodeInterpreter.Gateway.Http.Executions;
using CodeInterpreter.Gateway.Http.Files;
using CodeInterpreter.Gateway.Http.Json;
using CodeInterpreter.Gateway.Http.Users;

namespace CodeInterpreter.Gateway.Http;

/// <summary>The HTTP API of the gateway.</summary>
internal static class HttpExtensions
{
    public static void AddGatewayHttp(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => ApiJson.Configure(options.SerializerOptions));
        services.AddProblems();
        services.AddCrossOrigin();
        services.AddSingleton<JsonBodyReader>();
        services.AddSingleton<MultipartUpload>();
        services.AddSingleton<FileContent>();
        services.AddApiDocumentation();
    }

    /// <summary>Adds what requests pass before access control.</summary>
    public static void UseGatewayHttp(this WebApplication app)
    {
        app.UseMiddleware<ManagementMiddleware>();
        app.UseMiddleware<ForeignPageMiddleware>();
        app.UseCrossOrigin();
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/v1"), api => api.UseProblems());
    }

    public static void MapGatewayHttp(this WebApplication app)
    {
        app.MapExecutionEndpoints();
        app.MapFileEndpoints();
        app.MapFileLinkEndpoints();
        app.MapEnvironmentEndpoints();
        app.MapUserEndpoints();
        app.MapApiDocumentation();
    }
}
