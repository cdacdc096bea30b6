using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using CodeInterpreter.Runner.Sandboxes;

namespace CodeInterpreter.Runner.Tests.Executions;

/// <summary>
/// A stand-in for the engine whose sandboxes say what a test wants them to say: lies and silence, which no honest
/// sandbox can be brought to.
/// </summary>
internal sealed class ScriptedEngine(params (char Type, string Payload)[] script) : ISandboxEngine
{
    private readonly TaskCompletionSource _executing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Why its sandboxes fail.</summary>
    public SandboxFailureCause Cause { get; set; }

    /// <summary>Completes when it was asked why a sandbox failed.</summary>
    public Task Asked => _asked.Task;

    /// <summary>Completes when a sandbox was told to start its code.</summary>
    public Task Executing => _executing.Task;

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<int> SweepAsync(CancellationToken cancellationToken) => Task.FromResult(0);

    public Task<ISandbox> StartAsync(SandboxProfile profile, CancellationToken cancellationToken) =>
        Task.FromResult<ISandbox>(new ScriptedSandbox(script, _executing, FindCause));

    private SandboxFailureCause FindCause()
    {
        _asked.TrySetResult();
        return Cause;
    }

    private sealed class ScriptedSandbox : ISandbox
    {
        private readonly ScriptedStream _stream = new();
        private readonly Func<SandboxFailureCause> _findCause;

        public ScriptedSandbox((char Type, string Payload)[] script, TaskCompletionSource executing, Func<SandboxFailureCause> findCause)
        {
            _findCause = findCause;
            _stream.Say('R', """{"protocol":1,"profile":"bare","python":"3"}""");
            // The rest is said when the code is to start, as a real sandbox does it.
            _stream.OnExecute = () =>
            {
                foreach (var (type, payload) in script)
                    _stream.Say(type, payload);
                executing.TrySetResult();
            };
        }

        public string Name => "scripted";

        public Stream Channel => _stream;

        public Task<bool> LimitAsync(long? memoryBytes, int? processes, CancellationToken cancellationToken) => Task.FromResult(true);

        public Task<SandboxFailureCause> FindCauseAsync() => Task.FromResult(_findCause());

        public Task LeaveAsync() => Task.CompletedTask;

        public ValueTask DisposeAsync() => _stream.DisposeAsync();
    }

    private sealed class ScriptedStream : MemoryStream
    {
        // Nobody waits for it to be read: it takes everything.
        private readonly Pipe _said = new(new PipeOptions(pauseWriterThreshold: 0));
        private Stream? _reader;

        public Action? OnExecute { get; set; }

        public void Say(char type, string payload)
        {
            var bytes = Encoding.UTF8.GetBytes(payload);
            _said.Writer.Write((ReadOnlySpan<byte>)[(byte)type, 0, 0, (byte)(bytes.Length >> 8), (byte)bytes.Length]);
            _said.Writer.Write(bytes);
            _ = _said.Writer.FlushAsync().AsTask();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            (_reader ??= _said.Reader.AsStream()).ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.Span[0] == (byte)'X')
                OnExecute?.Invoke();
            return ValueTask.CompletedTask;
        }
    }
}
