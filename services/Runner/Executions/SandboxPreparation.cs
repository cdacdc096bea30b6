using System.Text;
using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Files;
using CodeInterpreter.Runner.Sandboxes;
using CodeInterpreter.Runner.Sandboxes.Pool;
using CodeInterpreter.Runner.Sandboxes.Protocol;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Executions;

/// <summary>Takes a sandbox out of the pool and puts what one execution needs into it.</summary>
internal sealed partial class SandboxPreparation(
    SandboxPool pool,
    InputStager inputs,
    IOptions<ExecutionLimitOptions> options,
    ExecutionInstruments instruments,
    TimeProvider time,
    ILogger<SandboxPreparation> logger
)
{
    private const int MaxAttempts = 3;

    /// <summary>
    /// A sandbox with code and inputs in it; null when the last moment to start it, the deadline or the cancellation comes first.
    /// </summary>
    public async Task<WarmSandbox?> TryPrepareAsync(ExecuteCode command, ExecutionControl control, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var left = command.Deadline + ExecuteCode.ClockTolerance - now;
        var leftToTake = command.StartBy < command.Deadline ? left - (command.Deadline - command.StartBy.Value) : left;
        if (left <= TimeSpan.Zero || leftToTake <= TimeSpan.Zero || control.Cancelled.IsCancellationRequested)
            return null;

        using var tooLate = new CancellationTokenSource(leftToTake, time);
        using var deadline = new CancellationTokenSource(left, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, control.Cancelled, cancellationToken);
        try
        {
            return await PrepareAsync(command, tooLate.Token, any.Token);
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled }
                && any.IsCancellationRequested
                && !cancellationToken.IsCancellationRequested
            )
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
            if (sandbox is null)
                return null;
            try
            {
                await StageAsync(sandbox.Conversation, command, cancellationToken);
                return sandbox;
            }
            catch (SandboxFailedException exception) when (attempt < MaxAttempts)
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

    private async Task<WarmSandbox?> TryTakeAsync(SandboxProfile profile, CancellationToken tooLate, CancellationToken cancellationToken)
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

    private async Task StageAsync(SandboxConversation conversation, ExecuteCode command, CancellationToken cancellationToken)
    {
        using var stage = instruments.Begin(ExecutionStages.StageInputs);
        var code = Encoding.UTF8.GetBytes(command.Code);
        var stdin = Encoding.UTF8.GetBytes(command.Stdin);
        await time.WithinAsync(
            options.Value.ResponseTimeout,
            async token =>
            {
                await conversation.SendAsync(new ItemCommand("code", code.Length), code, token);
                if (stdin.Length > 0)
                    await conversation.SendAsync(new ItemCommand("stdin", stdin.Length), stdin, token);
            },
            cancellationToken
        );
        await inputs.StageAsync(conversation, command, cancellationToken);
    }

    [LoggerMessage(4, LogLevel.Warning, "The sandbox {Name} failed before it was used")]
    private partial void SandboxFailed(string name, Exception exception);
}
