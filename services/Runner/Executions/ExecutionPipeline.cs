using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Files;
using CodeInterpreter.Runner.Sandboxes;
using CodeInterpreter.Runner.Sandboxes.Pool;
using CodeInterpreter.Runner.Sandboxes.Protocol;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Executions;

/// <summary>Runs one command through its stages: sandbox, inputs, code, harvest.</summary>
internal sealed partial class ExecutionPipeline(
    SandboxPool pool,
    SandboxPreparation preparation,
    FailedSandboxes failedSandboxes,
    Harvester harvester,
    OutputBudget outputBudget,
    IOptions<ExecutionLimitOptions> options,
    ExecutionInstruments instruments,
    TimeProvider time,
    ILogger<ExecutionPipeline> logger
)
{
    // Callers expect a cancelled execution to end within a second.
    private static readonly TimeSpan KillTimeout = TimeSpan.FromMilliseconds(800);

    private const string EngineAway =
        "The Docker engine went away while the code ran, and the sandbox with it. The code may have run in part; it is not run again.";

    private readonly ExecutionLimitOptions _options = options.Value;

    /// <summary>Runs the code. Every way in which it can end is a value; only unavailable infrastructure throws.</summary>
    public async Task<ExecutionResult> ExecuteAsync(
        ExecuteCode command,
        ExecutionControl control,
        IExecutionObserver observer,
        CancellationToken cancellationToken
    )
    {
        using var slot = instruments.Occupy(command);
        return slot.Finish(await TakeThroughAsync(command, control, observer, cancellationToken));
    }

    private async Task<ExecutionResult> TakeThroughAsync(
        ExecuteCode command,
        ExecutionControl control,
        IExecutionObserver observer,
        CancellationToken cancellationToken
    )
    {
        // Another client than a gateway may have sent it; a gateway of an earlier version says nothing.
        if (!Languages.IsKnown(command.Language ?? Languages.Python))
            return UnstartedExecution.UnknownLanguage();
        WarmSandbox? sandbox;
        try
        {
            sandbox = await preparation.TryPrepareAsync(command, control, cancellationToken);
        }
        catch (RpcException exception) when (GrantHeaders.AreRefused(exception))
        {
            GrantRefused(exception);
            return UnstartedExecution.NotGranted();
        }
        catch (InputsTooLargeException)
        {
            return UnstartedExecution.InputsTooLarge();
        }
        catch (InputLostException exception)
        {
            InputLost(exception);
            return UnstartedExecution.InputLost(exception.Filename);
        }

        if (sandbox is null)
        {
            return control.Cancelled.IsCancellationRequested && !control.IsWithdrawn
                ? UnstartedExecution.NeverStarted()
                : UnstartedExecution.TooLate();
        }

        var limits = _options.ForSandbox(command);
        using var progress = new ExecutionProgress(limits, _options.TextBytesFor(command), _options.OutputFileBytes, outputBudget);
        try
        {
            if (!await sandbox.LimitAsync(command.Limits.MemoryBytes, command.Limits.Processes, cancellationToken))
                return UnstartedExecution.TooSmall();
            if (!control.TryStart())
                return UnstartedExecution.TooLate();
            observer.Started();
            await RunAsync(sandbox.Conversation, command, limits, progress, control, observer, cancellationToken);
            await observer.HarvestingAsync(cancellationToken);
            await HarvestAsync(sandbox.Conversation, command, limits, progress, observer, cancellationToken);
            // Uploads that were interrupted are not failures of the store. There is no result then.
            cancellationToken.ThrowIfCancellationRequested();
            return progress.Complete(control.InputOverflowed);
        }
        catch (SandboxFailedException) when (control.Cancelled.IsCancellationRequested)
        {
            return progress.Cancel();
        }
        // The last of the inputs may not have fitted.
        catch (InputsTooLargeException)
        {
            return UnstartedExecution.InputsTooLarge();
        }
        catch (SandboxFailedException exception)
        {
            SandboxFailed(sandbox.Name, exception);
            return await failedSandboxes.FindCauseAsync(sandbox, control.Cancelled, cancellationToken) switch
            {
                _ when control.Cancelled.IsCancellationRequested => progress.Cancel(),
                SandboxFailureCause.OutOfMemory => progress.RunOutOfMemory(),
                SandboxFailureCause.EngineAway => progress.Abandon(EngineAway),
                _ => progress.Abandon("The sandbox failed. " + exception.Message),
            };
        }
        finally
        {
            pool.Retire(sandbox);
        }
    }

    private async Task RunAsync(
        SandboxConversation conversation,
        ExecuteCode command,
        SandboxLimits limits,
        ExecutionProgress progress,
        ExecutionControl control,
        IExecutionObserver observer,
        CancellationToken cancellationToken
    )
    {
        using var stage = instruments.Begin(ExecutionStages.RunCode);
        var language = command.Language ?? Languages.Python;
        await time.WithinAsync(
            TimeSpan.FromSeconds(limits.WallTimeSeconds) + _options.ResponseTimeout,
            async token =>
            {
                await conversation.ExecuteAsync(
                    new ExecuteCommand(
                        command.Args,
                        limits,
                        command.Environment,
                        command.Echo && language == Languages.Python,
                        command.Interactive,
                        command.MergeOutput,
                        language
                    ),
                    token
                );
                using var ended = CancellationTokenSource.CreateLinkedTokenSource(token);
                // A sandbox with much unread input does not receive the command to stop.
                using var hurry = control.Cancelled.Register(() => ended.CancelAfter(KillTimeout));
                var driving = control.DriveAsync(conversation, ended.Token);
                try
                {
                    await FollowAsync(conversation, progress, observer, ended.Token);
                }
                catch (OperationCanceledException exception) when (ended.IsCancellationRequested && !token.IsCancellationRequested)
                {
                    throw new SandboxFailedException("The sandbox did not stop in time.", exception);
                }
                finally
                {
                    await ended.CancelAsync();
                    await driving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            },
            cancellationToken
        );
    }

    /// <summary>Receives the output of running code until it ends.</summary>
    private static async Task FollowAsync(
        SandboxConversation conversation,
        ExecutionProgress progress,
        IExecutionObserver observer,
        CancellationToken cancellationToken
    )
    {
        var started = false;
        while (true)
        {
            var frame = await conversation.ReadAsync(cancellationToken);
            // Once, and before all else.
            if (started == (frame.Type == ReportType.Started))
                throw SandboxConversation.Unexpected(frame.Type);
            if (frame.Type is ReportType.Stdout or ReportType.Stderr && frame.Payload.IsEmpty)
                throw new SandboxFailedException("The sandbox sent output without a byte.");
            switch (frame.Type)
            {
                case ReportType.Started:
                    started = true;
                    break;
                case ReportType.Stdout:
                    observer.Printed(OutputKind.Stdout, progress.Output.Append(frame.Payload), progress.Output.IsCut);
                    break;
                case ReportType.Stderr:
                    observer.Printed(OutputKind.Stderr, progress.Error.Append(frame.Payload), progress.Error.IsCut);
                    break;
                case ReportType.Exit:
                    progress.Exited(ProtocolJson.Read(frame.Payload, ProtocolJson.Default.ExitReport));
                    return;
                default:
                    throw SandboxConversation.Unexpected(frame.Type);
            }
        }
    }

    private async Task HarvestAsync(
        SandboxConversation conversation,
        ExecuteCode command,
        SandboxLimits limits,
        ExecutionProgress progress,
        IExecutionObserver observer,
        CancellationToken cancellationToken
    )
    {
        using var stage = instruments.Begin(ExecutionStages.Harvest);
        await time.WithinAsync(
            _options.HarvestTimeout,
            async token =>
            {
                try
                {
                    await harvester.HarvestAsync(conversation, command, limits, progress.Harvest, observer, token);
                }
                finally
                {
                    await StoreOutputAsync(command, progress, observer, token);
                }
            },
            cancellationToken
        );
    }

    /// <summary>Stores streams as files that a result cannot have byte for byte.</summary>
    private async Task StoreOutputAsync(
        ExecuteCode command,
        ExecutionProgress progress,
        IExecutionObserver observer,
        CancellationToken cancellationToken
    )
    {
        if (_options.OutputFileBytes == 0)
            return;
        if (!progress.Output.IsExact)
            progress.OutputFileId = await harvester.StoreOutputAsync(
                "stdout.txt",
                progress.Output.Whole,
                command,
                progress.Harvest,
                observer,
                cancellationToken
            );
        if (!progress.Error.IsExact)
            progress.ErrorFileId = await harvester.StoreOutputAsync(
                "stderr.txt",
                progress.Error.Whole,
                command,
                progress.Harvest,
                observer,
                cancellationToken
            );
    }

    [LoggerMessage(2, LogLevel.Error, "The file store refused the grant")]
    private partial void GrantRefused(Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "The code was not started")]
    private partial void InputLost(Exception exception);

    [LoggerMessage(1, LogLevel.Warning, "The sandbox {Name} failed")]
    private partial void SandboxFailed(string name, Exception exception);
}
