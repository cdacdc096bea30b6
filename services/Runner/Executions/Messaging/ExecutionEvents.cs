using System.Buffers;
using System.Text;
using System.Threading.Channels;
using CodeInterpreter.Contracts;
using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Runner.Executions.Messaging;

/// <summary>
/// Publishes the events of one execution, in order, while it runs. The first output is published at once; output within the next
/// <see cref="Pause"/> is published together, so that a flood becomes few messages. The limits of output and files bound the queue. Without
/// a subscriber the start is published after <see cref="StartPause"/>, and not at all when the execution ends before: for most executions
/// the event would cost as much as the execution.
/// </summary>
internal sealed partial class ExecutionEvents(
    ConsumeContext<ExecuteCode> context,
    Func<CancellationToken, Task> harvesting,
    EventSequence sequence,
    string runnerId,
    Uri inputAddress,
    TimeProvider time,
    ILogger logger
) : IExecutionObserver, IAsyncDisposable
{
    /// <summary>Short enough for people to see output while it is printed.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>How long the start of an execution without a subscriber is held back.</summary>
    public static readonly TimeSpan StartPause = TimeSpan.FromMilliseconds(250);

    private const int MaxTextLength = 64 * 1024;

    private static readonly Start Beginning = new();

    private readonly Channel<object> _waiting = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _ended = new();
    private readonly Decoder[] _decoders = [Encoding.UTF8.GetDecoder(), Encoding.UTF8.GetDecoder()];
    private readonly bool[] _isCut = new bool[2];
    private Task _telling = Task.CompletedTask;
    private bool _isSilent;

    /// <summary>When the code began; null before.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    private bool IsFollowed => context.Message.Live || context.Message.Interactive;

    public void Started()
    {
        StartedAt = time.GetUtcNow();
        if (IsFollowed)
            _waiting.Writer.TryWrite(Beginning);
        _telling = TellAsync();
    }

    public void Printed(OutputKind kind, ReadOnlySequence<byte> bytes, bool isCut)
    {
        _isCut[(int)kind] = isCut;
        Print(kind, bytes, flush: false);
    }

    public Task HarvestingAsync(CancellationToken cancellationToken) => harvesting(cancellationToken);

    public void Stored(GeneratedFile file)
    {
        if (IsFollowed)
            _waiting.Writer.TryWrite(file);
    }

    /// <summary>Returns when everything is published, or could not be. The result has all of it again.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var kind in Enum.GetValues<OutputKind>())
        {
            // Half a character at the end is published as U+FFFD, and not at all when the limit has cut it.
            if (!_isCut[(int)kind])
                Print(kind, ReadOnlySequence<byte>.Empty, flush: true);
        }

        _waiting.Writer.TryComplete();
        await _ended.CancelAsync();
        await _telling;
        _ended.Dispose();
    }

    private void Print(OutputKind kind, ReadOnlySequence<byte> bytes, bool flush)
    {
        if (!context.Message.Live)
            return;
        // A character may begin in one piece and end in the next.
        var text = new ArrayBufferWriter<char>();
        _decoders[(int)kind].Convert(bytes, text, flush, out _, out _);
        if (text.WrittenCount > 0)
            _waiting.Writer.TryWrite(new Printout(kind, new StringBuilder().Append(text.WrittenSpan)));
    }

    private async Task TellAsync()
    {
        if (!IsFollowed)
        {
            await PauseAsync(StartPause);
            if (!_ended.IsCancellationRequested)
                await TryTellAsync(Beginning);
        }

        while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            foreach (var item in TakeTogether())
                await TryTellAsync(item);
            await PauseAsync(Pause);
        }
    }

    private async Task PauseAsync(TimeSpan pause) =>
        await Task.Delay(pause, time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>All that waits, with neighbouring output of one stream in one.</summary>
    private List<object> TakeTogether()
    {
        var taken = new List<object>();
        while (_waiting.Reader.TryRead(out var item))
        {
            if (item is Printout next && taken is [.., Printout last] && last.Kind == next.Kind && last.Text.Length < MaxTextLength)
                last.Text.Append(next.Text);
            else
                taken.Add(item);
        }

        return taken;
    }

    private async Task TryTellAsync(object item)
    {
        if (_isSilent)
            return;
        try
        {
            await TellAsync(item);
        }
        // Each further event could wait as long, and the execution with it. The result has all of them.
        catch (NotConfirmedException exception)
        {
            _isSilent = true;
            NotTold(exception);
        }
        // A failure to publish must not fail the execution.
        catch (Exception exception)
        {
            NotTold(exception);
        }
    }

    private Task TellAsync(object item) =>
        item switch
        {
            Start => context.AnnounceAsync(
                new ExecutionStarted
                {
                    ExecutionId = context.Message.ExecutionId,
                    UserId = context.Message.UserId,
                    Proof = context.Message.Proof,
                    RunnerId = runnerId,
                    Sequence = sequence.Next(),
                    Live = context.Message.Live,
                    InputAddress = context.Message.Interactive ? inputAddress : null,
                    StartedAt = StartedAt!.Value,
                },
                time
            ),
            Printout printout => context.AnnounceAsync(
                new ExecutionOutput
                {
                    ExecutionId = context.Message.ExecutionId,
                    UserId = context.Message.UserId,
                    Proof = context.Message.Proof,
                    Sequence = sequence.Next(),
                    Kind = printout.Kind,
                    Text = printout.Text.ToString(),
                },
                time
            ),
            GeneratedFile file => context.AnnounceAsync(
                new ExecutionFileStored
                {
                    ExecutionId = context.Message.ExecutionId,
                    UserId = context.Message.UserId,
                    Proof = context.Message.Proof,
                    Sequence = sequence.Next(),
                    File = file,
                },
                time
            ),
            _ => throw new InvalidOperationException($"{item.GetType().Name} is no event."),
        };

    [LoggerMessage(62, LogLevel.Warning, "An event could not be published while the code ran")]
    private partial void NotTold(Exception exception);

    private sealed record Start;

    private sealed record Printout(OutputKind Kind, StringBuilder Text);
}
