using System.Collections.Concurrent;
using CodeInterpreter.Discord.Platform.Interactions;

namespace CodeInterpreter.Discord.Platform.Receiving;

/// <summary>The work behind first answers. It is cancelled when the service stops, and then awaited.</summary>
internal sealed partial class Continuations(ILogger<Continuations> logger) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, bool> _running = new();

    /// <summary>Starts the continuation, if there is one.</summary>
    public void Start(Interaction interaction, InteractionAnswer answer)
    {
        if (answer.Continuation is { } continuation)
            Start(interaction.Id, continuation);
    }

    /// <summary>Starts work for an interaction.</summary>
    public void Start(string interactionId, Func<CancellationToken, Task> work)
    {
        var task = Task.Run(() => RunAsync(interactionId, work));
        _running[task] = true;
        task.ContinueWith(ended => _running.TryRemove(ended, out _), TaskScheduler.Default);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        while (!_running.IsEmpty)
            await Task.WhenAll(_running.Keys).WaitAsync(cancellationToken);
    }

    public void Dispose() => _stop.Dispose();

    private async Task RunAsync(string interactionId, Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The code that began it continues it after the restart.
        }
        catch (Exception exception)
        {
            WorkFailed(interactionId, exception);
        }
    }

    [LoggerMessage(501, LogLevel.Error, "The work for interaction {InteractionId} failed")]
    private partial void WorkFailed(string interactionId, Exception exception);
}
