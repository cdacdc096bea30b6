using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;

namespace CodeInterpreter.ServiceDefaults.Errors;

/// <summary>
/// Reads on for a while after a stream of requests has failed, before the response goes out. A response that crosses a request resets the
/// HTTP/2 stream, with two effects: a .NET client waited forever for window space to write the rest, and the server closed the connection
/// with all other calls on it. Unauthenticated callers get the response at once: nothing is read for them.
/// </summary>
public sealed class RefusedUploadInterceptor : Interceptor
{
    private static readonly object DrainingKey = new();

    // Longer than a sending caller pauses; a caller that waits for the response sends nothing. It depends on the network, so it uses the
    // system clock.
    private static readonly TimeSpan MaxPause = TimeSpan.FromMilliseconds(500);

    // A caller that sends for longer gets the response while it sends.
    private static readonly TimeSpan MaxDraining = TimeSpan.FromSeconds(10);

    /// <summary>Marks the caller as authenticated, so that its remaining requests are read if one of them is refused.</summary>
    public static void AllowDraining(ServerCallContext context) => context.UserState[DrainingKey] = true;

    /// <inheritdoc cref="AllowDraining(ServerCallContext)"/>
    public static void AllowDraining(HttpContext context) => context.Items[DrainingKey] = true;

    /// <summary>Reads what a refused caller still sends, if it is authenticated.</summary>
    internal static async Task DrainAsync(PipeReader body, HttpContext context)
    {
        if (!context.Items.ContainsKey(DrainingKey))
            return;
        await DrainAsync(
            async cancellationToken =>
            {
                var read = await body.ReadAsync(cancellationToken);
                body.AdvanceTo(read.Buffer.End);
                return !read.IsCompleted;
            },
            context.RequestAborted
        );
    }

    /// <inheritdoc />
    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        try
        {
            return await continuation(requestStream, context);
        }
        catch when (context.UserState.ContainsKey(DrainingKey))
        {
            await DrainAsync(requestStream.MoveNext, context.CancellationToken);
            throw;
        }
    }

    private static async Task DrainAsync(Func<CancellationToken, Task<bool>> readAsync, CancellationToken disconnected)
    {
        using var tooLong = new CancellationTokenSource(MaxDraining);
        using var pause = new CancellationTokenSource(MaxPause);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(tooLong.Token, pause.Token, disconnected);
        try
        {
            while (await readAsync(stop.Token))
                pause.CancelAfter(MaxPause);
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or IOException or RpcException or InvalidOperationException)
        {
            // The caller pauses, sends for too long, or has disconnected: time for the response.
        }
    }
}
