namespace CodeInterpreter.Runner.Sandboxes.Protocol;

/// <summary>Frames a runner sends; docs/sandbox-protocol.md has their payloads.</summary>
internal enum CommandType : byte
{
    Item = (byte)'I',
    Data = (byte)'D',
    Execute = (byte)'X',
    Kill = (byte)'K',
    Input = (byte)'i',
    InputEnd = (byte)'e',
}
