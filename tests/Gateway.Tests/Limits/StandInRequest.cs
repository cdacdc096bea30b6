using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CodeInterpreter.Gateway.Tests.Limits;

/// <summary>A request without a connection, which ends when a test says so.</summary>
internal sealed class StandInRequest : IDisposable
{
    private readonly DefaultHttpContext _context = new();
    private readonly Lifetime _lifetime = new();
    private readonly Response _response = new();

    public StandInRequest()
    {
        _context.Features.Set<IHttpRequestLifetimeFeature>(_lifetime);
        _context.Features.Set<IHttpResponseFeature>(_response);
    }

    public bool IsAborted => _lifetime.RequestAborted.IsCancellationRequested;

    public static implicit operator HttpContext(StandInRequest request) => request._context;

    public void Abort() => _lifetime.Abort();

    public void Dispose() => _lifetime.Dispose();

    public void End() => _response.Ends.ForEach(end => end());

    private sealed class Lifetime : IHttpRequestLifetimeFeature, IDisposable
    {
        private readonly CancellationTokenSource _aborted = new();

        public CancellationToken RequestAborted
        {
            get => _aborted.Token;
            set => throw new NotSupportedException();
        }

        public void Abort() => _aborted.Cancel();

        public void Dispose() => _aborted.Dispose();
    }

    private sealed class Response : HttpResponseFeature
    {
        public List<Action> Ends { get; } = [];

        public override void OnCompleted(Func<object, Task> callback, object state) => Ends.Add(() => callback(state));
    }
}
