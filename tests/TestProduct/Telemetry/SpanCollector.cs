using System.Collections.Concurrent;
using System.Net;
using CodeInterpreter.TestProduct.Telemetry.Otlp;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CodeInterpreter.TestProduct.Telemetry;

/// <param name="Service">Whose it is.</param>
/// <param name="Scope">What made it.</param>
/// <param name="Span">What it tells.</param>
internal sealed record CollectedSpan(string Service, string Scope, Span Span);

/// <summary>Where the services send their traces.</summary>
internal sealed class SpanCollector : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SpanCollector(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>All spans so far.</summary>
    public IReadOnlyCollection<CollectedSpan> Spans => [.. _app.Services.GetRequiredService<ConcurrentQueue<CollectedSpan>>()];

    public static async Task<SpanCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2)
        );
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<ConcurrentQueue<CollectedSpan>>();
        var app = builder.Build();
        app.MapGrpcService<Receiver>();
        await app.StartAsync();
        return new SpanCollector(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    internal sealed class Receiver(ConcurrentQueue<CollectedSpan> spans) : TraceService.TraceServiceBase
    {
        public override Task<ExportResponse> Export(ExportRequest request, ServerCallContext context)
        {
            foreach (var resource in request.ResourceSpans)
            {
                var service = resource.Resource.Attributes.Single(attribute => attribute.Key == "service.name").Value.StringValue;
                foreach (var scope in resource.ScopeSpans)
                foreach (var span in scope.Spans)
                    spans.Enqueue(new CollectedSpan(service, scope.Scope.Name, span));
            }

            return Task.FromResult(new ExportResponse());
        }
    }
}
