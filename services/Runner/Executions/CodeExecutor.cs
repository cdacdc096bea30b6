using System.Text;
using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Files;
using CodeInterpreter.Runner.Sandboxes;
using CodeInterpreter.Runner.Sandboxes.Pool;
using CodeInterpreter.Runner.Sandboxes.Protocol;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Executions;

/// <summary>Takes one command to its result: sandbox, inputs, run, harvest.</summary>
internal sealed partial class CodeExecutor(
    SandboxPool pool,
    InputStager inputs,
    Harvester harvester,
    IOptions<ExecutionLimitOptions> options,
    ExecutionInstruments instruments,
    TimeProvider time,
    ILogger<CodeExecutor> logger)
{
    private const int MaxPrepareAttempts = 3;

    // A caller who cancels wants the end within a second.
    private static readonly TimeSpan KillPatience = TimeSpan.FromMilliseconds(800);

    private readonly ExecutionLimitOptions _options = options.Value;

    /// <summary>Runs the code. However it ends, that is a value; only infrastructure that is away throws.</summary>
    public async Task<ExecutionResult> ExecuteAsync(
        ExecuteCode command, ExecutionControl control, IExecutionObserver observer, CancellationToken cancellationToken)
    {
        using var slot = instruments.Occupy(command);
        return slot.Finish(await TakeThroughAsync(command, control, observer, cancellationToken));
    }

    private async Task<ExecutionResult> TakeThroughAsync(
        ExecuteCode command, ExecutionControl control, IExecutionObserver observer, CancellationToken cancellationToken)
    {
        WarmSandbox? sandbox;
        try
        {
            sandbox = await TryPrepareAsync(command, control, cancellationToken);
        }
        catch (RpcException exception) when (GrantHeaders.AreRefused(exception))
        {
            GrantRefused(exception);
            return UnstartedExecution.NotGranted();
        }
        catch (NoRoomException)
        {
            return UnstartedExecution.NoRoom();
        }

        if (sandbox is null)
        {
            return control.Cancelled.IsCancellationRequested ? UnstartedExecution.NeverStarted() : UnstartedExecution.TooLate();
        }

        var limits = _options.ForSandbox(command);
        using var progress = new ExecutionProgress(limits, _options.TextBytesFor(command), _options.OutputFileBytes);
        try
        {
            if (!await sandbox.LimitAsync(command.Limits.MemoryBytes, command.Limits.Processes, cancellationToken)) return UnstartedExecution.TooSmall();
            observer.Started();
            await RunAsync(sandbox.Conversation, command, limits, progress, control, observer, cancellationToken);
            await HarvestAsync(sandbox.Conversation, command, limits, progress, observer, cancellationToken);
            return progress.Complete(control.InputOverflowed);
        }
        catch (SandboxFailedException) when (control.Cancelled.IsCancellationRequested)
        {
            return progress.Cancel();
        }
        // The last of the inputs may not have fitted.
        catch (NoRoomException)
        {
            return UnstartedExecution.NoRoom();
        }
        catch (SandboxFailedException exception)
        {
            SandboxFailed(sandbox.Name, exception);
            return progress.Abandon("The sandbox failed. " + exception.Message);
        }
        finally
        {
            pool.Retire(sandbox);
        }
    }

    /// <summary>
    /// A sandbox with code and inputs in it; null when the last moment to take it up, the deadline or the caller's cancellation has
    /// come first.
    /// </summary>
    private async Task<WarmSandbox?> TryPrepareAsync(
        ExecuteCode command, ExecutionControl control, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var left = command.Deadline - now;
        var leftToTake = command.StartBy < command.Deadline ? command.StartBy.Value - now : left;
        if (left <= TimeSpan.Zero || leftToTake <= TimeSpan.Zero || control.Cancelled.IsCancellationRequested) return null;

        using var tooLate = new CancellationTokenSource(leftToTake, time);
        using var deadline = new CancellationTokenSource(left, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, control.Cancelled, cancellationToken);
        try
        {
            return await PrepareAsync(command, tooLate.Token, any.Token);
        }
        catch (Exception exception) when (
            exception is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled }
            && any.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>
    /// A sandbox with code and inputs in it; null when there is none before it is too late. One that fails before the code could do
    /// anything is replaced: it died in the pool.
    /// </summary>
    private async Task<WarmSandbox?> PrepareAsync(ExecuteCode command, CancellationToken tooLate, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var sandbox = await TryTakeAsync(ProfileSelector.Select(command), tooLate, cancellationToken);
            if (sandbox is null) return null;
            try
            {
                await StageAsync(sandbox.Conversation, command, cancellationToken);
                return sandbox;
            }
            catch (SandboxFailedException exception) when (attempt < MaxPrepareAttempts)
            {
                SandboxFailed(sandbox.Name, exception);
                pool.Retire(sandbox);
            }
            catch (SandboxFailedException exception)
            {
                pool.Retire(sandbox);
                throw new SandboxEngineException($"{attempt} sandboxes failed before they could be used.", exception);
            }
            catch
            {
                pool.Retire(sandbox);
                throw;
            }
        }
    }

    private async Task<WarmSandbox?> TryTakeAsync(
        SandboxProfile profile, CancellationToken tooLate, CancellationToken cancellationToken)
    {
        using var stage = instruments.Begin(ExecutionStages.TakeSandbox);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooLate, cancellationToken);
        try
        {
            return await pool.TakeAsync(profile, either.Token);
        }
        catch (OperationCanceledException) when (tooLate.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task StageAsync(
        SandboxConversation conversation, ExecuteCode command, CancellationToken cancellationToken)
    {
        using var stage = instruments.Begin(ExecutionStages.StageInputs);
        var code = Encoding.UTF8.GetBytes(command.Code);
        var stdin = Encoding.UTF8.GetBytes(command.Stdin);
        await WithinAsync(_options.Patience, async token =>
        {
            await conversation.SendAsync(new ItemCommand("code", code.Length), code, token);
            if (stdin.Length > 0) await conversation.SendAsync(new ItemCommand("stdin", stdin.Length), stdin, token);
        }, cancellationToken);
        await inputs.StageAsync(conversation, command, cancellationToken);
    }

    private async Task RunAsync(
        SandboxConversation conversation,
        ExecuteCode command,
        SandboxLimits limits,
        ExecutionProgress progress,
        ExecutionControl control,
        IExecutionObserver observer,
        CancellationToken cancellationToken)
    {
        using var stage = instruments.Begin(ExecutionStages.RunCode);
        await WithinAsync(TimeSpan.FromSeconds(limits.WallTimeSeconds) + _options.Patience, async token =>
        {
            await conversation.ExecuteAsync(
                new ExecuteCommand(command.Args, limits, command.Environment, command.Echo, command.Interactive), token);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(token);
            // A sandbox that is full of unread input does not hear that it is to stop.
            using var hurry = control.Cancelled.Register(() => ended.CancelAfter(KillPatience));
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
        }, cancellationToken);
    }

    /// <summary>Takes in what running code prints, until it has ended.</summary>
    private static async Task FollowAsync(
        SandboxConversation conversation, ExecutionProgress progress, IExecutionObserver observer, CancellationToken cancellationToken)
    {
        var started = false;
        while (true)
        {
            var frame = await conversation.ReadAsync(cancellationToken);
            // Once, and before all else.
            if (started == (frame.Type == ReportType.Started)) throw SandboxConversation.Unexpected(frame.Type);
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
        CancellationToken cancellationToken)
    {
        using var stage = instruments.Begin(ExecutionStages.Harvest);
        await WithinAsync(
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
            cancellationToken);
    }

    /// <summary>Keeps streams that are too long for a result as files.</summary>
    private async Task StoreOutputAsync(
        ExecuteCode command, ExecutionProgress progress, IExecutionObserver observer, CancellationToken cancellationToken)
    {
        if (_options.OutputFileBytes == 0) return;
        if (progress.Output.IsCut)
            progress.OutputFileId = await harvester.StoreOutputAsync(
                "stdout.txt", progress.Output.Whole, command, progress.Harvest, observer, cancellationToken);
        if (progress.Error.IsCut)
            progress.ErrorFileId = await harvester.StoreOutputAsync(
                "stderr.txt", progress.Error.Whole, command, progress.Harvest, observer, cancellationToken);
    }

    /// <summary>Turns the sandbox's silence beyond <paramref name="limit"/> into its failure.</summary>
    private async Task WithinAsync(
        TimeSpan limit, Func<CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await step(either.Token);
        }
        catch (OperationCanceledException exception)
            when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new SandboxFailedException($"The sandbox gave no answer within {limit.TotalSeconds:0.###} s.", exception);
        }
    }

    [LoggerMessage(2, LogLevel.Error, "The file store refused the grant")]
    private partial void GrantRefused(Exception exception);

    [LoggerMessage(1, LogLevel.Warning, "The sandbox {Name} failed")]
    private partial void SandboxFailed(string name, Exception exception);
}
