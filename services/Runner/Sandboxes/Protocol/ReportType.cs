namespace CodeInterpreter.Runner.Sandboxes.Protocol;

/// <summary>Frames a sandbox sends; docs/sandbox-protocol.md has their payloads.</summary>
internal enum ReportType : byte
{
    Ready = (byte)'R',
    Started = (byte)'S',
    Stdout = (byte)'O',
    Stderr = (byte)'E',
    Exit = (byte)'X',
    File = (byte)'F',
    Data = (byte)'D',
    FileEnd = (byte)'H',
    Skipped = (byte)'N',
    Done = (byte)'Z',
    Failure = (byte)'!',
}
