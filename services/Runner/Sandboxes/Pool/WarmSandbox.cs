using CodeInterpreter.Runner.Sandboxes.Protocol;

namespace CodeInterpreter.Runner.Sandboxes.Pool;

/// <summary>A sandbox whose supervisor waits for work.</summary>
internal sealed class WarmSandbox : IAsyncDisposable
{
    private readonly ISandbox _sandbox;
    private readonly CancellationTokenSource _listening = new();

    private WarmSandbox(ISandbox sandbox, SandboxProfile profile, SandboxConversation conversation)
    {
        _sandbox = sandbox;
        Profile = profile;
        Conversation = conversation;
        Died = conversation.ListenAhead(_listening.Token);
    }

    /// <summary>What it has imported.</summary>
    public SandboxProfile Profile { get; }

    /// <summary>The talk with its supervisor.</summary>
    public SandboxConversation Conversation { get; }

    /// <summary>Completes early, before there is work, only when it has died or talks out of turn.</summary>
    public Task Died { get; }

    /// <summary>Its name in the engine.</summary>
    public string Name => _sandbox.Name;

    /// <summary>Starts a sandbox and waits until it can be handed out.</summary>
    public static async Task<WarmSandbox> StartAsync(ISandboxEngine engine, SandboxProfile profile, CancellationToken cancellationToken)
    {
        var sandbox = await engine.StartAsync(profile, cancellationToken);
        try
        {
            var conversation = new SandboxConversation(sandbox.Channel);
            await conversation.AwaitReadyAsync(cancellationToken);
            return new WarmSandbox(sandbox, profile, conversation);
        }
        catch
        {
            await sandbox.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Lowers what it may use, as <see cref="ISandbox.LimitAsync"/>; does not call the engine when nothing is to be lowered.
    /// </summary>
    public Task<bool> LimitAsync(long? memoryBytes, int? processes, CancellationToken cancellationToken) =>
        memoryBytes is null && processes is null ? Task.FromResult(true) : _sandbox.LimitAsync(memoryBytes, processes, cancellationToken);

    /// <summary>Asks why it failed, as <see cref="ISandbox.FindCauseAsync"/>.</summary>
    public Task<SandboxFailureCause> FindCauseAsync() => _sandbox.FindCauseAsync();

    public async ValueTask DisposeAsync()
    {
        await _listening.CancelAsync();
        if (Conversation.IsOver)
            await _sandbox.LeaveAsync();
        await _sandbox.DisposeAsync();
        await Died.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listening.Dispose();
    }
}
