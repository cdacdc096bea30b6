using CodeInterpreter.ServiceDefaults.Errors;
using Grpc.AspNetCore.Server;

namespace CodeInterpreter.Gateway.Grpc;

/// <summary>The gRPC side of the gateway.</summary>
internal static class GrpcExtensions
{
    // Code and input of 1 MiB each, files of 2 MiB, and everything else; the default is 4 MiB.
    internal const int MaxRequestBytes = 8 * 1024 * 1024;

    public static void AddGatewayGrpc(this IServiceCollection services)
    {
        // Its catch-all route for unknown services would also catch HTTP requests with the wrong method or content type.
        services
            .AddGrpc(options => options.IgnoreUnknownServices = true)
            .AddServiceOptions<ExecutionGrpcService>(options =>
            {
                Guard(options);
                options.MaxReceiveMessageSize = MaxRequestBytes;
            })
            .AddServiceOptions<FileGrpcService>(Guard)
            .AddServiceOptions<FileLinkGrpcService>(Guard)
            .AddServiceOptions<EnvironmentGrpcService>(Guard);
        services.AddSingleton<IMessageGate, ExecutionMessageGate>();
        services.AddCheckedMethods<ExecutionGrpcService>();
        services.AddCheckedMethods<FileGrpcService>();
        services.AddCheckedMethods<FileLinkGrpcService>();
        services.AddCheckedMethods<EnvironmentGrpcService>();
    }

    public static void MapGatewayGrpc(this WebApplication app)
    {
        app.MapGrpcService<ExecutionGrpcService>();
        app.MapGrpcService<FileGrpcService>();
        app.MapGrpcService<FileLinkGrpcService>();
        app.MapGrpcService<EnvironmentGrpcService>();
    }

    // The one that is added first is around the other.
    private static void Guard<T>(GrpcServiceOptions<T> options)
        where T : class
    {
        options.Interceptors.Add<GatewayErrorInterceptor>();
        options.Interceptors.Add<AccessInterceptor>();
    }
}
