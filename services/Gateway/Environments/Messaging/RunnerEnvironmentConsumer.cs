using CodeInterpreter.Contracts;
using MassTransit;

namespace CodeInterpreter.Gateway.Environments.Messaging;

/// <summary>Takes in what runners tell of their images.</summary>
internal sealed class RunnerEnvironmentConsumer(KnownEnvironments environments) : IConsumer<RunnerEnvironment>
{
    public Task Consume(ConsumeContext<RunnerEnvironment> context)
    {
        environments.Tell(context.Message);
        return Task.CompletedTask;
    }
}
