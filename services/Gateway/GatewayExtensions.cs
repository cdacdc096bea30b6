using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Access;
using CodeInterpreter.Gateway.Databases;
using CodeInterpreter.Gateway.Environments;
using CodeInterpreter.Gateway.Environments.Messaging;
using CodeInterpreter.Gateway.Executions;
using CodeInterpreter.Gateway.Executions.Messaging;
using CodeInterpreter.Gateway.Executions.Storage;
using CodeInterpreter.Gateway.Files;
using CodeInterpreter.Gateway.Files.Links;
using CodeInterpreter.Gateway.Grpc;
using CodeInterpreter.Gateway.Http;
using CodeInterpreter.Gateway.Settings;
using CodeInterpreter.Gateway.Users;
using CodeInterpreter.ServiceDefaults.Channels;
using CodeInterpreter.ServiceDefaults.Hosting;
using CodeInterpreter.ServiceDefaults.Messaging;
using CodeInterpreter.ServiceDefaults.Settings;
using CodeInterpreter.ServiceDefaults.Trust;
using MassTransit;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway;

/// <summary>Puts the gateway into a host, alone or beside other services.</summary>
public static class GatewayExtensions
{
    /// <summary>Registers the gateway. The host adds its consumers to the bus, see <see cref="AddGatewayConsumers"/>.</summary>
    public static WebApplicationBuilder AddGateway(this WebApplicationBuilder builder)
    {
        builder.Services.AddGatewayOptions(builder.Environment.ContentRootPath);
        builder.AddAccess();
        builder.Services.AddGatewayDatabase();
        builder.Services.AddExecutions();
        builder.Services.AddSingleton<KnownEnvironments>();
        builder.Services.AddFileStoreClient();
        builder.Services.AddSingleton<UserData>();
        // The exception handler of gRPC comes first: the one of HTTP handles all other requests.
        builder.Services.AddGatewayGrpc();
        builder.Services.AddGatewayHttp();
        builder
            .Services.AddHealthChecks()
            .AddCheck<FileStoreHealthCheck>("file-store", tags: [ServiceHosting.ReadyTag])
            .AddCheck<ExecutionStoreHealthCheck>("executions", tags: [ServiceHosting.ReadyTag]);
        return builder;
    }

    /// <summary>Adds what the gateway receives from the bus.</summary>
    public static void AddGatewayConsumers(this IBusRegistrationConfigurator bus, IConfiguration configuration)
    {
        bus.AddSendObserver<CommandSeals>();
        bus.AddConsumer<ExecutionStartedConsumer, ExecutionStartedConsumerDefinition>();
        bus.AddConsumer<ExecutionLogConsumer, ExecutionLogConsumerDefinition>();
        bus.AddConsumer<ExecutionFinishedConsumer, ExecutionFinishedConsumerDefinition>();
        bus.AddConsumer<ExecutionInquiryConsumer, ExecutionInquiryConsumerDefinition>();
        bus.AddConsumer<LostExecutionConsumer, LostExecutionConsumerDefinition>();
        bus.AddConsumer<ExecutionReplyConsumer, ExecutionReplyConsumerDefinition>();
        bus.AddConsumer<RunnerEnvironmentConsumer, RunnerEnvironmentConsumerDefinition>();
        bus.AddConsumer<RoomForDeferredConsumer, RoomForDeferredConsumerDefinition>();
        bus.AddConsumer<DeferredCancellationConsumer, DeferredCancellationConsumerDefinition>();
        if (configuration.UsesMessageBusInMemory())
            bus.AddConsumer<DeferredExecutionConsumer, DeferredExecutionConsumerDefinition>();
        else
            bus.AddHostedService<RabbitMqDeferredQueue>();
    }

    /// <summary>Maps the gateway's gRPC services, its HTTP API, and the pages that describe it.</summary>
    public static WebApplication MapGateway(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseGatewayHttp();
        app.UseAccess();
        app.MapGatewayGrpc();
        app.MapGatewayHttp();
        return app;
    }

    private static void AddGatewayOptions(this IServiceCollection services, string contentRoot)
    {
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>();
        services
            .AddSettings<GatewayOptions>(GatewayOptions.Section)
            .PostConfigure(options =>
                options.DataDirectory = string.IsNullOrWhiteSpace(options.DataDirectory)
                    ? options.DataDirectory
                    : Path.GetFullPath(options.DataDirectory, contentRoot)
            )
            .ValidateOnStart();
    }

    private static void AddFileStoreClient(this IServiceCollection services)
    {
        services.AddTrust();
        services.AddServiceClient<FileService.FileServiceClient>(
            provider => provider.GetRequiredService<IOptions<GatewayOptions>>().Value.FileStoreAddress,
            provider => provider.GetRequiredService<TrustTokens>().ForService
        );
        services.AddSingleton<FileStoreClient>();
        services.AddSingleton<IValidateOptions<FileLinkOptions>, FileLinkOptionsValidator>();
        services.AddSettings<FileLinkOptions>(FileLinkOptions.Section).ValidateOnStart();
        services.AddSingleton<LinkSigner>();
        services.AddSingleton<FileLinks>();
    }
}
