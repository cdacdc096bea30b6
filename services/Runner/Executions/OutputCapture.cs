using System.Buffers;
using System.Text;
using System.Text.Unicode;
using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Sandboxes;
using Microsoft.IO;

namespace CodeInterpreter.Runner.Executions;

/// <summary>
/// What arrives of one output stream. Up to <paramref name="wholeBytes"/> are kept as they are, for a file, or fewer where the budget of
/// all streams is used up, but never fewer than the text has; of what is more, only the end. The text has at most
/// <paramref name="textBytes"/>, and no more than a limited size as JSON. Grows with what arrives, in blocks that the next execution uses
/// again.
/// </summary>
internal sealed class OutputCapture(int textBytes, int wholeBytes, long maxBytes, OutputBudget budget) : IDisposable
{
    private static readonly RecyclableMemoryStreamManager Blocks = new(
        new RecyclableMemoryStreamManager.Options { BlockSize = 64 * 1024, MaximumSmallPoolFreeBytes = 32 * 1024 * 1024 }
    );

    private readonly RecyclableMemoryStream _beginning = Blocks.GetStream();
    private readonly long _jsonBytes = JsonText.LimitFor(textBytes);
    private TailBuffer? _end;
    private long _budgeted;
    private long _arrived;
    private long _measured;
    private long _measuredJson;
    private bool _isTooLongAsJson;

    /// <summary>Whether the text cannot have all of it.</summary>
    public bool IsCut => _arrived > textBytes || _isTooLongAsJson;

    /// <summary>Whether the text has each byte: it is not cut, and all of it is UTF-8.</summary>
    public bool IsExact => !IsCut && Utf8.IsValid(Whole.IsSingleSegment ? Whole.FirstSpan : Whole.ToArray());

    /// <summary>Whether the whole of it has fewer bytes than it may, because the budget was used up.</summary>
    public bool IsOverBudget { get; private set; }

    /// <summary>The stream up to its limit for files.</summary>
    public ReadOnlySequence<byte> Whole => _beginning.GetReadOnlySequence();

    public void Dispose()
    {
        _beginning.Dispose();
        budget.Return(_budgeted);
        _budgeted = 0;
    }

    /// <summary>Takes the next bytes; returns those of them that still belong to the text's beginning.</summary>
    public ReadOnlySequence<byte> Append(ReadOnlySequence<byte> piece)
    {
        var before = _arrived;
        _arrived += piece.Length;
        if (_arrived > maxBytes)
            throw new SandboxFailedException($"The sandbox forwarded more than the {maxBytes} bytes a stream may have.");

        var space = TakeSpace(piece.Length);
        foreach (var segment in piece.Slice(0, space))
            _beginning.Write(segment.Span);
        if (space < piece.Length)
        {
            _end ??= new TailBuffer(textBytes / 2);
            foreach (var segment in piece.Slice(space))
                _end.Write(segment.Span);
        }

        Measure();
        var end = _isTooLongAsJson ? _measured : textBytes;
        return piece.Slice(0, Math.Clamp(end - before, 0, piece.Length));
    }

    /// <summary>The text, once <paramref name="totalBytes"/>, all that was printed, is known.</summary>
    public OutputText ToText(long totalBytes)
    {
        var total = Math.Max(totalBytes, _arrived);
        if (total <= textBytes && !_isTooLongAsJson)
            return new OutputText(Encoding.UTF8.GetString(Whole), total, total > _arrived);

        var half = Math.Min(textBytes / 2, Whole.Length);
        var head = JsonText.Start(Utf8Cut.End(Whole.Slice(0, half).ToArray()), _jsonBytes / 2);
        var tail = JsonText.End(Utf8Cut.Start(Tail(half)), _jsonBytes / 2);
        return new OutputText(Encoding.UTF8.GetString(head), total, Truncated: true, Encoding.UTF8.GetString(tail));
    }

    /// <summary>The text of a stream whose end is not known.</summary>
    public OutputText ToText() => ToText(_arrived);

    /// <summary>How many of the next bytes belong to the beginning, whose memory is taken from the budget.</summary>
    private long TakeSpace(long bytes)
    {
        // Once something is left out, nothing that follows is the beginning.
        if (IsOverBudget)
            return 0;
        var space = Math.Min(bytes, wholeBytes - _beginning.Length);
        var needed = _beginning.Length + space - textBytes - _budgeted;
        if (needed <= 0)
            return space;
        var taken = budget.Take(needed);
        _budgeted += taken;
        IsOverBudget = taken < needed;
        return space - (needed - taken);
    }

    /// <summary>Measures what has arrived of the text as JSON, up to its limit; half a character waits for its other half.</summary>
    private void Measure()
    {
        var end = Math.Min(_arrived, textBytes);
        if (_isTooLongAsJson || _measured == end)
            return;

        var arrived = Whole.Slice(_measured, end - _measured);
        var text = arrived.IsSingleSegment ? arrived.FirstSpan : arrived.ToArray();
        var (taken, used) = JsonText.Measure(text, _jsonBytes - _measuredJson, ends: false);
        _isTooLongAsJson = taken < text.Length && !Utf8Cut.IsHalf(text[taken..]);
        _measured += taken;
        _measuredJson += used;
    }

    private byte[] Tail(long taken)
    {
        var rest = Whole.Slice(Math.Max(taken, Whole.Length - (textBytes / 2))).ToArray();
        if (_end is not null)
            rest = [.. rest, .. _end.ToArray()];
        return rest.Length <= textBytes / 2 ? rest : rest[^(textBytes / 2)..];
    }
}
