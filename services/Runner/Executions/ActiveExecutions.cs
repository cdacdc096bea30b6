using System.Collections.Concurrent;
using CodeInterpreter.Contracts;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Executions;

/// <summary>
/// The executions on this runner, so that they can be cancelled and get input. A cancellation may arrive before its execution, and is
/// remembered for an hour.
/// </summary>
internal sealed class ActiveExecutions(TimeProvider time) : IDisposable
{
    private const int MaxRemembered = 100_000;
    private static readonly TimeSpan RememberedFor = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Key, ExecutionControl> _running = new();
    private readonly MemoryCache _remembered = new(
        Options.Create(new MemoryCacheOptions { SizeLimit = MaxRemembered, Clock = new Clock(time) })
    );

    /// <summary>How many executions this runner holds now.</summary>
    public int Count => _running.Count;

    /// <summary>
    /// The control of an execution that begins; <see cref="End"/> has to follow. One that a runner was lost with was started in time.
    /// </summary>
    public ExecutionControl Begin(ExecuteCode command, bool isRedelivered = false)
    {
        var key = new Key(command.UserId, command.ExecutionId);
        var control = _running[key] = new ExecutionControl(command.Interactive);
        // Looked up after it can be found: a cancellation that comes now is in one of the two places.
        if (!_remembered.TryGetValue(key, out CancelExecution? cancellation))
            return control;
        if (!cancellation!.UnlessStarted)
            control.Cancel();
        else if (!isRedelivered)
            control.Withdraw();
        return control;
    }

    public void End(ExecuteCode command)
    {
        if (_running.TryRemove(new Key(command.UserId, command.ExecutionId), out var control))
            control.Dispose();
    }

    public void Cancel(CancelExecution command)
    {
        var key = new Key(command.UserId, command.ExecutionId);
        // One that is cancelled stays so.
        if (!command.UnlessStarted || !_remembered.TryGetValue(key, out _))
            _remembered.Set(key, command, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = RememberedFor });
        if (!_running.TryGetValue(key, out var control))
            return;
        try
        {
            if (command.UnlessStarted)
                control.Withdraw();
            else
                control.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }
    }

    /// <summary>Whether it was cancelled, or withdrawn, before it came.</summary>
    public bool IsCancelled(ExecuteCode command) => _remembered.TryGetValue(new Key(command.UserId, command.ExecutionId), out _);

    /// <summary>Gives an execution its input; false when it is not here, or no longer, or takes none.</summary>
    public bool Feed(ExecutionInput input) =>
        _running.TryGetValue(new Key(input.UserId, input.ExecutionId), out var control) && control.Feed(input);

    public void Dispose() => _remembered.Dispose();

    private sealed record Key(string UserId, string ExecutionId);

#pragma warning disable CS0618 // The cache knows no TimeProvider.
    private sealed class Clock(TimeProvider time) : Microsoft.Extensions.Internal.ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
#pragma warning restore CS0618
}
