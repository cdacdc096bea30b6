using System.Buffers;

namespace CodeInterpreter.Runner.Sandboxes.Protocol;

/// <summary>One frame from a sandbox. The payload is valid until the next frame is read.</summary>
internal readonly record struct Frame(ReportType Type, ReadOnlySequence<byte> Payload)
{
    /// <summary>Type and length of the payload.</summary>
    public const int HeaderBytes = 5;

    /// <summary>No frame may be longer, whatever its header claims.</summary>
    public const int MaxPayloadBytes = 1024 * 1024;

    /// <summary>Size of the pieces that bulk data is sent in.</summary>
    public const int DataBytes = 64 * 1024;
}
