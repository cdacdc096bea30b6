using System.Collections.Concurrent;
using System.Net;
using CodeInterpreter.Benchmarks.Stages.Otlp;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CodeInterpreter.Benchmarks.Stages;

/// <summary>Where the services send their traces.</summary>
internal sealed class SpanCollector : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SpanCollector(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>All spans so far, each with the name of who made it.</summary>
    public IReadOnlyCollection<(string Scope, Span Span)> Spans => [.. _app.Services.GetRequiredService<ConcurrentQueue<(string, Span)>>()];

    public static async Task<SpanCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<ConcurrentQueue<(string, Span)>>();
        var app = builder.Build();
        app.MapGrpcService<Receiver>();
        await app.StartAsync();
        return new SpanCollector(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    internal sealed class Receiver(ConcurrentQueue<(string, Span)> spans) : TraceService.TraceServiceBase
    {
        public override Task<ExportResponse> Export(ExportRequest request, ServerCallContext context)
        {
            foreach (var scope in request.ResourceSpans.SelectMany(resource => resource.ScopeSpans))
                foreach (var span in scope.Spans) spans.Enqueue((scope.Scope.Name, span));
            return Task.FromResult(new ExportResponse());
        }
    }
}
