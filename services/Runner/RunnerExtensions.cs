using CodeInterpreter.Contracts;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Runner.Cluster;
using CodeInterpreter.Runner.Docker;
using CodeInterpreter.Runner.Executions;
using CodeInterpreter.Runner.Executions.Messaging;
using CodeInterpreter.Runner.Executions.Sharing;
using CodeInterpreter.Runner.Files;
using CodeInterpreter.Runner.Images.Messaging;
using CodeInterpreter.Runner.Sandboxes;
using CodeInterpreter.Runner.Sandboxes.Pool;
using CodeInterpreter.Runner.Settings;
using CodeInterpreter.ServiceDefaults.Channels;
using CodeInterpreter.ServiceDefaults.Hosting;
using CodeInterpreter.ServiceDefaults.Settings;
using MassTransit;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner;

/// <summary>How a host becomes a runner.</summary>
public static class RunnerExtensions
{
    /// <summary>Registers the runner. The message bus has to be registered after it, so that it stops before it.</summary>
    public static WebApplicationBuilder AddRunner(this WebApplicationBuilder builder)
    {
        AddOptions<RunnerOptions>(builder, "Runner");
        AddOptions<DockerOptions>(builder, DockerOptions.Section);
        AddOptions<SandboxOptions>(builder, SandboxOptions.Section);
        AddOptions<PoolOptions>(builder, "Pool");
        AddOptions<ExecutionLimitOptions>(builder, "ExecutionLimits");

        builder
            .Services.AddSingleton<IValidateOptions<SandboxOptions>, SandboxOptionsValidator>()
            .AddDockerSandboxes()
            .AddSingleton<SandboxInstruments>()
            .AddSingleton<SandboxPool>()
            .AddSingleton<InputStager>()
            .AddSingleton<OutputStore>()
            .AddSingleton<Harvester>()
            .AddSingleton<ExecutionInstruments>()
            .AddSingleton<SandboxPreparation>()
            .AddSingleton<OutputBudget>()
            .AddSingleton<FailedSandboxes>()
            .AddSingleton<ExecutionPipeline>()
            .AddSingleton<ExecutionDeduplicator>()
            .AddSingleton<ActiveExecutions>()
            .AddSingleton<LargeResults>()
            .AddSingleton<RunnerAddress>()
            .AddSingleton(provider => CreateShare(provider.GetRequiredService<IOptions<RunnerOptions>>().Value))
            .AddSingleton<WaitingUsers>()
            .AddSingleton<CapacityReports>()
            .AddSingleton<SlotAllocator>()
            .AddHostedService(provider => provider.GetRequiredService<CapacityReports>())
            .AddHostedService<EnvironmentReports>()
            .AddHostedService<SandboxPoolService>()
            .AddHostedService<SandboxSweeper>();
        if (builder.Configuration.GetValue<bool>("Runner:PodDeletionCost"))
            builder.Services.AddSingleton(_ => Pod.Own()).AddHostedService<PodDeletionCost>();
        builder.Services.AddServiceClient<FileService.FileServiceClient>(provider =>
            provider.GetRequiredService<IOptions<RunnerOptions>>().Value.FileStoreAddress
        );
        builder.Services.AddHealthChecks().AddCheck<SandboxPoolHealthCheck>("sandboxes", tags: [ServiceHosting.ReadyTag]);
        return builder;
    }

    /// <summary>Lets the bus bring executions to this runner.</summary>
    public static void AddRunnerConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddRequestClient<ExecutionInquiry>(DeliveryAttempt.InquiryTimeout);
        bus.AddConsumer<ExecuteCodeConsumer, ExecuteCodeConsumerDefinition>();
        bus.AddConsumer<CancelExecutionConsumer, CancelExecutionConsumerDefinition>();
        bus.AddConsumer<ExecutionInputConsumer, ExecutionInputConsumerDefinition>();
        bus.AddConsumer<DeferredUsersConsumer, DeferredUsersConsumerDefinition>();
    }

    private static FairShare CreateShare(RunnerOptions options) => new(options.Slots, options.SharedSlots);

    private static void AddOptions<T>(WebApplicationBuilder builder, string section)
        where T : class => builder.Services.AddSettings<T>(section).ValidateOnStart();
}
