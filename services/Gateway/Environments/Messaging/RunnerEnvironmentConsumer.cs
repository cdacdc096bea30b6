using CodeInterpreter.Contracts;
using MassTransit;

namespace CodeInterpreter.Gateway.Environments.Messaging;

/// <summary>Receives what runners announce about their images.</summary>
internal sealed class RunnerEnvironmentConsumer(KnownEnvironments environments) : IConsumer<RunnerEnvironment>
{
    public Task Consume(ConsumeContext<RunnerEnvironment> context)
    {
        environments.Add(context.Message);
        return Task.CompletedTask;
    }
}
