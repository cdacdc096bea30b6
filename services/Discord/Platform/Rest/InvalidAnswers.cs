using System.Net;

namespace CodeInterpreter.Discord.Platform.Rest;

/// <summary>
/// Counts answers that Discord holds against the machine: after 10,000 of 401, 403 and 429 in ten minutes it blocks its address. Before
/// that, nothing is sent any more until there are fewer.
/// </summary>
internal sealed class InvalidAnswers(TimeProvider time)
{
    /// <summary>Some are left for other programs with the same address.</summary>
    public const int Most = 5000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Queue<DateTimeOffset> _times = new();

    /// <summary>Whether there are so many that nothing may be sent.</summary>
    public bool AreTooMany
    {
        get
        {
            lock (_lock)
            {
                while (_times.TryPeek(out var oldest) && time.GetUtcNow() - oldest >= Window)
                    _times.Dequeue();
                return _times.Count >= Most;
            }
        }
    }

    public void Add(HttpStatusCode status, bool isShared)
    {
        if (
            status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            && (status is not HttpStatusCode.TooManyRequests || isShared)
        )
            return;
        lock (_lock)
            _times.Enqueue(time.GetUtcNow());
    }
}
