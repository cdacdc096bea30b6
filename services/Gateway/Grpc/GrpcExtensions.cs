using CodeInterpreter.ServiceDefaults.Errors;
using Grpc.AspNetCore.Server;

namespace CodeInterpreter.Gateway.Grpc;

/// <summary>The gRPC API of the gateway.</summary>
internal static class GrpcExtensions
{
    // Code and input of 1 MiB each, files of 2 MiB, and all other fields. The framework's default is 4 MiB.
    internal const int MaxRequestBytes = 8 * 1024 * 1024;

    public static void AddGatewayGrpc(this IServiceCollection services)
    {
        // The catch-all route for unknown services would also match HTTP requests with the wrong method or content type.
        services
            .AddGrpc(options => options.IgnoreUnknownServices = true)
            .AddServiceOptions<ExecutionGrpcService>(options =>
            {
                AddInterceptors(options);
                options.MaxReceiveMessageSize = MaxRequestBytes;
            })
            .AddServiceOptions<FileGrpcService>(AddInterceptors)
            .AddServiceOptions<FileLinkGrpcService>(AddInterceptors)
            .AddServiceOptions<EnvironmentGrpcService>(AddInterceptors)
            .AddServiceOptions<UserGrpcService>(AddInterceptors);
        services.AddExceptionHandler<GrpcExceptionHandler>();
        services.AddSingleton<IMessageGate, ExecutionMessageGate>();
        services.AddCheckedMethods<ExecutionGrpcService>();
        services.AddCheckedMethods<FileGrpcService>();
        services.AddCheckedMethods<FileLinkGrpcService>();
        services.AddCheckedMethods<EnvironmentGrpcService>();
        services.AddCheckedMethods<UserGrpcService>();
    }

    public static void MapGatewayGrpc(this WebApplication app)
    {
        app.MapGrpcService<ExecutionGrpcService>();
        app.MapGrpcService<FileGrpcService>();
        app.MapGrpcService<FileLinkGrpcService>();
        app.MapGrpcService<EnvironmentGrpcService>();
        app.MapGrpcService<UserGrpcService>();
    }

    // The first one wraps the second.
    private static void AddInterceptors<T>(GrpcServiceOptions<T> options)
        where T : class
    {
        options.Interceptors.Add<GatewayErrorInterceptor>();
        options.Interceptors.Add<UserAuthorizationInterceptor>();
    }
}
