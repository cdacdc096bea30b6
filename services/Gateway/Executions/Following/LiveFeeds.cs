using System.Collections.Immutable;
using System.Threading.Channels;

namespace CodeInterpreter.Gateway.Executions.Following;

/// <summary>Brings entries that arrive at this replica to those who follow the execution here.</summary>
internal sealed class LiveFeeds
{
    private ImmutableDictionary<string, ImmutableList<Feed>> _feeds = ImmutableDictionary<string, ImmutableList<Feed>>.Empty;

    public void Publish(LogEntry entry)
    {
        foreach (var feed in _feeds.GetValueOrDefault(entry.ExecutionId, []))
        {
            feed.Push(entry);
        }
    }

    /// <summary>Follows an execution until the returned feed is disposed.</summary>
    public Feed Subscribe(string executionId)
    {
        var feed = new Feed(feed => Change(executionId, feeds => feeds.Remove(feed)));
        Change(executionId, feeds => feeds.Add(feed));
        return feed;
    }

    private void Change(string executionId, Func<ImmutableList<Feed>, ImmutableList<Feed>> change) =>
        ImmutableInterlocked.Update(
            ref _feeds,
            all =>
            {
                var feeds = change(all.GetValueOrDefault(executionId, []));
                return feeds.IsEmpty ? all.Remove(executionId) : all.SetItem(executionId, feeds);
            }
        );

    /// <summary>The entries for one follower. They are bounded by what an execution may print and store.</summary>
    internal sealed class Feed(Action<Feed> unsubscribe) : IDisposable
    {
        private readonly Channel<LogEntry> _entries = Channel.CreateUnbounded<LogEntry>();

        public void Push(LogEntry entry) => _entries.Writer.TryWrite(entry);

        public bool TryRead(out LogEntry entry) => _entries.Reader.TryRead(out entry!);

        public Task WaitAsync(CancellationToken cancellationToken) => _entries.Reader.WaitToReadAsync(cancellationToken).AsTask();

        public void Dispose() => unsubscribe(this);
    }
}
