using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CodeInterpreter.Runner.Sandboxes.Protocol;

/// <summary>The runner's side of the protocol with the supervisor of a sandbox. Only the form of its messages is checked here.</summary>
internal sealed class SandboxConversation(Stream channel)
{
    /// <summary>Version of the protocol that the runner speaks.</summary>
    public const int ProtocolVersion = 1;

    private const int MaxSaid = 200;

    private readonly FrameReader _reader = new(channel);
    private readonly FrameWriter _writer = new(channel);
    private Task<Frame?>? _pending;

    /// <summary>Whether the sandbox has said that it is done.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Returns when the supervisor waits for work.</summary>
    public async Task AwaitReadyAsync(CancellationToken cancellationToken)
    {
        var frame = await ReadAsync(cancellationToken);
        if (frame.Type != ReportType.Ready)
            throw Unexpected(frame.Type);

        var ready = ProtocolJson.Read(frame.Payload, ProtocolJson.Default.ReadyReport);
        if (ready.Protocol != ProtocolVersion)
            throw new SandboxFailedException(
                $"The sandbox image speaks protocol {ready.Protocol}, this runner {ProtocolVersion}: build the image anew."
            );
    }

    /// <summary>
    /// Listens ahead while the sandbox has nothing to say. The task ends early only when the sandbox has died or talks
    /// out of turn.
    /// </summary>
    public Task ListenAhead(CancellationToken cancellationToken) => _pending = _reader.ReadAsync(cancellationToken).AsTask();

    /// <summary>The next frame.</summary>
    /// <exception cref="SandboxFailedException">The channel has ended or is broken.</exception>
    public async ValueTask<Frame> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var pending = Interlocked.Exchange(ref _pending, null);
            var frame = pending is null ? await _reader.ReadAsync(cancellationToken) : await pending.WaitAsync(cancellationToken);
            IsOver = frame?.Type == ReportType.Done;
            return frame switch
            {
                null => throw new SandboxFailedException("The sandbox ended before its execution did."),
                { Type: ReportType.Failure } failure => throw Failed(failure),
                { } other => other,
            };
        }
        catch (IOException exception)
        {
            throw new SandboxFailedException("The channel to the sandbox broke.", exception);
        }
    }

    /// <summary>Sends an item that is at hand.</summary>
    public async Task SendAsync(ItemCommand item, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await BeginItemAsync(item, cancellationToken);
        await SendDataAsync(content, cancellationToken);
    }

    /// <summary>Announces an item; <see cref="SendDataAsync"/> has to follow until its size is reached.</summary>
    public Task BeginItemAsync(ItemCommand item, CancellationToken cancellationToken) =>
        WriteAsync(
            CommandType.Item,
            JsonSerializer.SerializeToUtf8Bytes(item, ProtocolJson.Default.ItemCommand),
            cancellationToken,
            more: item.Size > 0
        );

    /// <summary>Sends the next bytes of the item.</summary>
    public async Task SendDataAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        for (var rest = content; !rest.IsEmpty; rest = rest[Math.Min(rest.Length, Frame.DataBytes)..])
        {
            await WriteAsync(CommandType.Data, rest[..Math.Min(rest.Length, Frame.DataBytes)], cancellationToken);
        }
    }

    /// <summary>Starts the code.</summary>
    public Task ExecuteAsync(ExecuteCommand command, CancellationToken cancellationToken) =>
        SendAsync(CommandType.Execute, command, ProtocolJson.Default.ExecuteCommand, cancellationToken);

    /// <summary>Gives running code more to read. Not for several callers at once, <see cref="KillAsync"/> included.</summary>
    public async Task FeedAsync(ReadOnlyMemory<byte> content, bool end, CancellationToken cancellationToken)
    {
        for (var rest = content; !rest.IsEmpty; rest = rest[Math.Min(rest.Length, Frame.DataBytes)..])
        {
            await WriteAsync(CommandType.Input, rest[..Math.Min(rest.Length, Frame.DataBytes)], cancellationToken);
        }

        if (end)
            await WriteAsync(CommandType.InputEnd, ReadOnlyMemory<byte>.Empty, cancellationToken);
    }

    /// <summary>Stops the code; its exit is still reported.</summary>
    public Task KillAsync(KillCommand command, CancellationToken cancellationToken) =>
        SendAsync(CommandType.Kill, command, ProtocolJson.Default.KillCommand, cancellationToken);

    /// <summary>The error for a frame that has no place in the conversation.</summary>
    public static SandboxFailedException Unexpected(ReportType type) => new($"The sandbox sent a frame of type {(byte)type} out of turn.");

    private Task SendAsync<T>(CommandType type, T command, JsonTypeInfo<T> json, CancellationToken cancellationToken) =>
        WriteAsync(type, JsonSerializer.SerializeToUtf8Bytes(command, json), cancellationToken);

    private async Task WriteAsync(CommandType type, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken, bool more = false)
    {
        try
        {
            await _writer.WriteAsync(type, payload, more, cancellationToken);
        }
        catch (IOException exception)
        {
            throw new SandboxFailedException("The channel to the sandbox broke.", exception);
        }
    }

    /// <summary>Throws what the sandbox has to say already, while it takes its inputs: that can only be that it failed.</summary>
    public async ValueTask ThrowIfFailedAsync(CancellationToken cancellationToken)
    {
        if (_pending is not { IsCompleted: true })
            return;
        throw Unexpected((await ReadAsync(cancellationToken)).Type);
    }

    private static Exception Failed(Frame failure)
    {
        var report = ProtocolJson.Read(failure.Payload, ProtocolJson.Default.FailureReport);
        return report.Reason == "no_room"
            ? new InputsTooLargeException()
            : new SandboxFailedException("The supervisor failed: " + Printable(report.Message));
    }

    /// <summary>
    /// What goes into logs and results: one short line of plain characters, because code that broke the sandbox may have written it.
    /// </summary>
    private static string Printable(string said)
    {
        var line = string.Concat(said.Take(MaxSaid).Select(character => character is >= ' ' and <= '~' ? character : '?'));
        return said.Length > MaxSaid ? line + "..." : line;
    }
}
