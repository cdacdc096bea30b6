using CodeInterpreter.Gateway.Executions.Intake;
using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.Gateway.Executions.Messaging;
using CodeInterpreter.Gateway.Executions.Queries;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Requests;
using CodeInterpreter.Gateway.Executions.Results;
using CodeInterpreter.Gateway.Executions.Storage;
using CodeInterpreter.Gateway.Executions.Watching;
using CodeInterpreter.Gateway.Limits.Sharing;
using CodeInterpreter.ServiceDefaults.Databases;
using CodeInterpreter.ServiceDefaults.Settings;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>Puts executions into the gateway.</summary>
internal static class ExecutionExtensions
{
    /// <summary>Registers everything but the consumers, which the host adds to the bus.</summary>
    public static void AddExecutions(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<ExecutionOptions>, ExecutionOptionsValidator>();
        services.AddSettings<ExecutionOptions>(ExecutionOptions.Section).ValidateOnStart();
        services.AddSingleton<ExecutionService>();
        services.AddSingleton<ExecutionQueries>();
        services.AddIntake();
        services.AddLifecycle();
        services.AddWatching();
        services.AddStorage();
        services.AddMessaging();
    }

    private static void AddIntake(this IServiceCollection services)
    {
        services.AddSingleton<ExecutionIntake>();
        services.AddSingleton<ExecutionRequestValidator>();
        services.AddSingleton<ExecutionIds>();
        services.AddSingleton<ExecutionFactory>();
        services.AddSingleton<OngoingIntakes>();
        services.AddSingleton<RepeatedRequests>();
        services.AddSingleton<IntakeLimits>();
        services.AddSingleton<ResultBudget>();
        services.AddSingleton<InputFiles>();
        services.AddSingleton<InputFileResolver>();
        services.AddSingleton<InlineFileStorage>();
        services.AddSingleton<CommandSigner>();
        services.AddSingleton<CommandPublisher>();
        services.AddSingleton<InputSender>();
    }

    private static void AddLifecycle(this IServiceCollection services)
    {
        services.AddSingleton<ExecutionReader>();
        services.AddSingleton<ExecutionFinisher>();
        services.AddSingleton<ExecutionCancellation>();
        services.AddSingleton<ExecutionDeletion>();
        services.AddSingleton<ActiveExecutions>();
        services.AddSingleton<IActiveCounts>(provider => provider.GetRequiredService<ActiveExecutions>());
        services.AddSingleton<LostExecutions>();
        services.AddSingleton<LostExecutionSweep>();
        services.AddHostedService<ExecutionSweeper>();
        services.AddSingleton<QueueTimeouts>();
        services.AddHostedService(provider => provider.GetRequiredService<QueueTimeouts>());
        services.AddSingleton<ExecutionInstruments>();
    }

    private static void AddWatching(this IServiceCollection services)
    {
        services.AddSingleton<Subscriptions>();
        services.AddSingleton<IResultSubscribers>(provider => provider.GetRequiredService<Subscriptions>());
        services.AddSingleton<ResultWaiter>();
        services.AddSingleton<EventFollower>();
        services.AddSingleton<ResultFiles>();
        services.AddSingleton<ResultDelivery>();
    }

    private static void AddStorage(this IServiceCollection services)
    {
        services.AddDatabase<IExecutionStore, SqliteExecutionStore, MongoExecutionStore>();
        services.AddDatabase<IExecutionLog, SqliteExecutionLog, MongoExecutionLog>();
    }

    private static void AddMessaging(this IServiceCollection services)
    {
        services.AddSingleton<EventProofs>();
        services.AddSingleton<CommandSeals>();
        services.AddSingleton<ReplyAddress>();
        services.AddSingleton<IExecutionQueue, BusExecutionQueue>();
        services.AddSingleton<DeferredExecutionKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<DeferredExecutionKeeper>());
    }
}
