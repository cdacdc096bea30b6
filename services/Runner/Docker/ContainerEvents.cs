using System.Globalization;
using System.Net.Sockets;
using CodeInterpreter.Runner.Sandboxes;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace CodeInterpreter.Runner.Docker;

/// <summary>What the engine remembers of a container, which may be removed already.</summary>
internal static class ContainerEvents
{
    // The engine keeps the latest for those who name a beginning, whenever that was.
    private const string Beginning = "1";
    private const string OutOfMemory = "oom";
    private const string Gone = "destroy";

    // The client library may keep an event to itself until more comes or the engine ends the stream. So the engine ends it.
    private static readonly TimeSpan StreamLength = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Why the container ended. Returns once the engine reports that memory ran out, or that the container is gone, or cannot be reached.
    /// </summary>
    public static async Task<SandboxFailureCause> FindCauseAsync(
        this ISystemOperations engine,
        string id,
        CancellationToken cancellationToken
    )
    {
        using var told = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var listener = new Listener(told);
        try
        {
            var wanted = new ContainerEventsParameters
            {
                Since = Beginning,
                Until = await AfterAsync(engine, StreamLength, told.Token),
                Filters = new Dictionary<string, IDictionary<string, bool>>
                {
                    ["container"] = new Dictionary<string, bool> { [id] = true },
                    ["event"] = new Dictionary<string, bool> { [OutOfMemory] = true, [Gone] = true },
                },
            };
            await engine.MonitorEventsAsync(wanted, listener, told.Token).WaitAsync(told.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException && listener.Last is null)
        {
            return SandboxFailureCause.EngineAway;
        }
        catch (Exception)
        {
            // The event has arrived, or the engine does not say.
        }

        return listener.Last == OutOfMemory ? SandboxFailureCause.OutOfMemory : SandboxFailureCause.Unknown;
    }

    /// <summary>A moment by the clock of the engine, which may be another machine's.</summary>
    private static async Task<string> AfterAsync(ISystemOperations engine, TimeSpan time, CancellationToken cancellationToken)
    {
        var now = DateTimeOffset.Parse((await engine.GetSystemInfoAsync(cancellationToken)).SystemTime, CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{(now + time).ToUnixTimeMilliseconds() / 1000.0:0.000}");
    }

    private sealed class Listener(CancellationTokenSource told) : IProgress<Message>
    {
        public string? Last { get; private set; }

        public void Report(Message value)
        {
            if (told.IsCancellationRequested)
                return;
            Last = value.Action;
            told.Cancel();
        }
    }
}
