using System.Buffers;
using System.Diagnostics.Metrics;
using CodeInterpreter.Contracts;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Runner.Executions;
using CodeInterpreter.Runner.Files;
using CodeInterpreter.Runner.Sandboxes;
using CodeInterpreter.Runner.Sandboxes.Pool;
using CodeInterpreter.Runner.Settings;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Tests.Executions;

/// <summary>The pipeline on an engine of the test, with its file store or one that is away.</summary>
internal static class TestPipeline
{
    // Sandboxes that a test makes fail, or never get ready, cost no real engine anything.
    private static readonly PoolOptions Impatient = new()
    {
        StartTimeout = TimeSpan.FromSeconds(1),
        RetryDelay = TimeSpan.FromMilliseconds(1),
    };

    public static async Task<ExecutionResult> ExecuteAsync(
        ExecuteCode command,
        ISandboxEngine engine,
        TimeProvider time,
        IMeterFactory meters,
        ExecutionControl? control = null,
        CallInvoker? store = null,
        ExecutionLimitOptions? limits = null,
        CancellationToken? delivery = null
    )
    {
        using var own = new ExecutionControl();
        // Nothing listens there: what a store that is away looks like.
        using var channel = GrpcChannel.ForAddress("http://127.0.0.1:1");
        var files = new FileService.FileServiceClient(store ?? channel.CreateCallInvoker());
        await using var pool = new SandboxPool(
            engine,
            Options.Create(Impatient),
            new SandboxInstruments(meters),
            time,
            NullLogger<SandboxPool>.Instance
        );
        var options = Options.Create(limits ?? new ExecutionLimitOptions());
        var instruments = new ExecutionInstruments(meters, Options.Create(new RunnerOptions()), time);
        var inputs = new InputStager(files, time, NullLogger<InputStager>.Instance);
        var pipeline = new ExecutionPipeline(
            pool,
            new SandboxPreparation(pool, inputs, options, instruments, time, NullLogger<SandboxPreparation>.Instance),
            new FailedSandboxes(time, NullLogger<FailedSandboxes>.Instance),
            new Harvester(new OutputStore(files, time, NullLogger<OutputStore>.Instance), NullLogger<Harvester>.Instance),
            new OutputBudget(options),
            options,
            instruments,
            time,
            NullLogger<ExecutionPipeline>.Instance
        );
        return await pipeline.ExecuteAsync(command, control ?? own, new DeafObserver(), delivery ?? TestContext.Current.CancellationToken);
    }

    private sealed class DeafObserver : IExecutionObserver
    {
        public void Started() { }

        public void Printed(OutputKind kind, ReadOnlySequence<byte> bytes, bool isCut) { }

        public Task HarvestingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Stored(GeneratedFile file) { }
    }
}
