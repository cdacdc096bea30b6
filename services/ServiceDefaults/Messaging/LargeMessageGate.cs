using MassTransit;

namespace CodeInterpreter.ServiceDefaults.Messaging;

/// <summary>
/// Lets one large message of an endpoint be read and handled at a time. In memory one of them becomes many times as large as it is:
/// as bytes, as JSON, as texts, and as what is written to the database.
/// </summary>
internal sealed class LargeMessageGate : IFilter<ReceiveContext>, IDisposable
{
    private const int LargeBytes = 128 * 1024;
    private const int AtATime = 1;

    private readonly SemaphoreSlim _places = new(AtATime, AtATime);

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        if (context.Body.Length is null or < LargeBytes)
        {
            await next.Send(context);
            return;
        }

        await _places.WaitAsync(context.CancellationToken);
        try
        {
            await next.Send(context);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    public void Probe(ProbeContext context) => context.CreateFilterScope("large-messages");
}
