using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Pipelines;
using CodeInterpreter.Runner.Sandboxes;

namespace CodeInterpreter.Runner.Tests.Sandboxes.Pool;

/// <summary>
/// A stand-in for the engine, where a test has to decide when a sandbox starts, fails or dies. Its sandboxes say that
/// they are ready and then nothing; what real ones do is tested with the real engine.
/// </summary>
internal sealed class StandInEngine : ISandboxEngine
{
    private readonly ConcurrentDictionary<string, StandInSandbox> _alive = new();
    private int _started;
    private int _starting;

    /// <summary>When set, starts wait for it.</summary>
    public TaskCompletionSource? Gate { get; set; }

    /// <summary>When set, starts fail with it.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The profiles of all starts, in their order.</summary>
    public ConcurrentQueue<SandboxProfile> Starts { get; } = new();

    /// <summary>The most starts that were under way at the same time.</summary>
    public int MostAtOnce { get; set; }

    /// <summary>The traces that the starts were part of.</summary>
    public ConcurrentQueue<string?> Traces { get; } = new();

    public IReadOnlyCollection<StandInSandbox> Alive => [.. _alive.Values];

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What a sweep ends with.</summary>
    public Func<Task<int>> Sweep { get; set; } = () => Task.FromResult(0);

    public Task<int> SweepAsync(CancellationToken cancellationToken) => Sweep();

    public async Task<ISandbox> StartAsync(SandboxProfile profile, CancellationToken cancellationToken)
    {
        Traces.Enqueue(Activity.Current?.Id);
        Starts.Enqueue(profile);
        lock (_alive)
            MostAtOnce = Math.Max(MostAtOnce, ++_starting);
        try
        {
            if (Gate is { } gate)
                await gate.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_alive)
                _starting--;
        }

        if (Failure is { } failure)
            throw failure;

        var sandbox = new StandInSandbox($"sandbox-{Interlocked.Increment(ref _started)}", _alive);
        _alive[sandbox.Name] = sandbox;
        return sandbox;
    }

    internal sealed class StandInSandbox : ISandbox
    {
        private readonly Pipe _output = new();
        private readonly ConcurrentDictionary<string, StandInSandbox> _alive;

        public StandInSandbox(string name, ConcurrentDictionary<string, StandInSandbox> alive)
        {
            Name = name;
            _alive = alive;
            Channel = _output.Reader.AsStream();
            var ready = """{"protocol":1,"profile":"bare","python":"3"}"""u8;
            _output.Writer.Write((ReadOnlySpan<byte>)[(byte)'R', 0, 0, 0, (byte)ready.Length]);
            _output.Writer.Write(ready);
            _ = _output.Writer.FlushAsync().AsTask();
        }

        public string Name { get; }

        public Stream Channel { get; }

        public void Die() => _output.Writer.Complete();

        public Task<bool> LimitAsync(long? memoryBytes, int? processes, CancellationToken cancellationToken) => Task.FromResult(true);

        public Task<SandboxFailureCause> FindCauseAsync() => Task.FromResult(SandboxFailureCause.Unknown);

        public Task LeaveAsync() => Task.CompletedTask;

        public ValueTask DisposeAsync()
        {
            _output.Writer.Complete();
            _alive.TryRemove(Name, out _);
            return ValueTask.CompletedTask;
        }
    }
}
