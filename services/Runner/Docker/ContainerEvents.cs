using Docker.DotNet;
using Docker.DotNet.Models;

namespace CodeInterpreter.Runner.Docker;

/// <summary>What the engine remembers of a container, which may be gone already.</summary>
internal static class ContainerEvents
{
    // The engine keeps the latest for those who name a beginning, whenever that was.
    private const string Beginning = "1";
    private const string OutOfMemory = "oom";
    private const string Gone = "destroy";

    /// <summary>Whether memory has run out in the container, as soon as that is told, or that it is gone.</summary>
    public static async Task<bool> RanOutOfMemoryAsync(this ISystemOperations engine, string id, CancellationToken cancellationToken)
    {
        using var told = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var listener = new Listener(told);
        var wanted = new ContainerEventsParameters
        {
            Since = Beginning,
            Filters = new Dictionary<string, IDictionary<string, bool>>
            {
                ["container"] = new Dictionary<string, bool> { [id] = true },
                ["event"] = new Dictionary<string, bool> { [OutOfMemory] = true, [Gone] = true },
            },
        };
        try
        {
            await engine.MonitorEventsAsync(wanted, listener, told.Token);
        }
        catch (Exception exception) when (
            exception is OperationCanceledException or DockerApiException or HttpRequestException or IOException or TimeoutException)
        {
            // It was told, or nothing is known.
        }

        return listener.Last == OutOfMemory;
    }

    private sealed class Listener(CancellationTokenSource told) : IProgress<Message>
    {
        public string? Last { get; private set; }

        public void Report(Message value)
        {
            if (told.IsCancellationRequested) return;
            Last = value.Action;
            told.Cancel();
        }
    }
}
