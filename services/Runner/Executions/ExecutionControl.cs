using System.Text;
using System.Threading.Channels;
using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Sandboxes.Protocol;

namespace CodeInterpreter.Runner.Executions;

/// <summary>Cancels an execution on this runner, and gives it input.</summary>
internal sealed class ExecutionControl : IDisposable
{
    /// <summary>
    /// Bytes of input that may wait here, for a sandbox that takes no more; with what each piece costs besides its bytes.
    /// </summary>
    public const int MaxWaitingBytes = 8 * 1024 * 1024;

    // A flood of single characters must not cost much more memory than it seems to.
    private const int PieceBytes = 128;

    private const int Waiting = 0;
    private const int Started = 1;
    private const int Withdrawn = 2;

    private static readonly Piece TheEnd = new([], End: true);

    private readonly CancellationTokenSource _cancelled = new();
    private readonly Channel<Piece> _input = Channel.CreateUnbounded<Piece>();
    private readonly bool _interactive;
    private long _waitingBytes;
    private int _stage;
    private volatile bool _inputEnded;

    public ExecutionControl(bool interactive = false) => _interactive = interactive;

    /// <summary>Set from the moment the execution is cancelled.</summary>
    public CancellationToken Cancelled => _cancelled.Token;

    /// <summary>Whether more input came than may wait, so that the code's input was ended.</summary>
    public bool InputOverflowed { get; private set; }

    /// <summary>Whether it has waited too long, and is not to be started.</summary>
    public bool IsWithdrawn => Volatile.Read(ref _stage) == Withdrawn;

    public void Cancel() => _cancelled.Cancel();

    /// <summary>Keeps the code from being started. Where it has been, nothing happens.</summary>
    public void Withdraw()
    {
        if (Interlocked.CompareExchange(ref _stage, Withdrawn, Waiting) == Waiting)
            Cancel();
    }

    /// <summary>Begins to run the code, which can no longer be withdrawn then; false when it has been.</summary>
    public bool TryStart() => Interlocked.CompareExchange(ref _stage, Started, Waiting) == Waiting;

    /// <summary>
    /// Gives input to the code; false when the code is not interactive, its input is closed, or it has ended. Never waits: the input
    /// of all executions comes one after the other. Where more waits than may, the input ends there, so that the code reads no
    /// input with a hole in it.
    /// </summary>
    public bool Feed(ExecutionInput input)
    {
        if (!_interactive || _inputEnded)
            return false;
        if (input is { Text: "", End: false })
            return true;

        var piece = new Piece(Encoding.UTF8.GetBytes(input.Text), input.End);
        InputOverflowed = Interlocked.Add(ref _waitingBytes, piece.Cost) > MaxWaitingBytes;
        _inputEnded = input.End || InputOverflowed;
        return _input.Writer.TryWrite(InputOverflowed ? TheEnd : piece) && !InputOverflowed;
    }

    /// <summary>Passes everything on to the sandbox, until the code has ended.</summary>
    public async Task DriveAsync(SandboxConversation conversation, CancellationToken ended)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended, Cancelled);
        try
        {
            await foreach (var piece in _input.Reader.ReadAllAsync(either.Token))
            {
                // A frame that has begun has to be completed, or the next one could not be understood.
                await conversation.FeedAsync(piece.Bytes, piece.End, ended);
                Interlocked.Add(ref _waitingBytes, -piece.Cost);
            }
        }
        // Not the linked token, which is cancelled a moment after the other two.
        catch (OperationCanceledException) when (ended.IsCancellationRequested || Cancelled.IsCancellationRequested)
        {
            if (!ended.IsCancellationRequested)
                await conversation.KillAsync(new KillCommand("cancellation"), ended);
        }
        finally
        {
            Close();
        }
    }

    public void Dispose()
    {
        Close();
        _cancelled.Dispose();
    }

    /// <summary>Refuses further input.</summary>
    private void Close() => _input.Writer.TryComplete();

    private sealed record Piece(byte[] Bytes, bool End)
    {
        public int Cost => Bytes.Length + PieceBytes;
    }
}
