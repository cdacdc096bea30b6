using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;

namespace CodeInterpreter.ServiceDefaults.Errors;

/// <summary>
/// Lets a caller who is refused in the middle of a stream of requests finish speaking, for a while, before the answer goes
/// out. An answer that crosses a request on its way resets the HTTP/2 stream, and two things were seen to come of it: a .NET
/// client waited for ever for room to write the rest, and the server closed the connection with all other calls on it. A caller who
/// has not been let in gets the answer at once: nothing is read for strangers.
/// </summary>
public sealed class RefusedUploadInterceptor : Interceptor
{
    private static readonly object LetInKey = new();

    // Of the network and not of the product, so by no clock of its own. Longer than a caller who is still sending pauses; one who waits for the answer has nothing under way.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    // Whoever never ends is refused as they speak.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Says that the caller is known to the service, so that its requests are read even when one of them is refused.</summary>
    public static void LetIn(ServerCallContext context) => context.UserState[LetInKey] = true;

    /// <inheritdoc cref="LetIn(ServerCallContext)"/>
    public static void LetIn(HttpContext context) => context.Items[LetInKey] = true;

    /// <summary>Reads what a refused caller still sends, if the caller is known to the service.</summary>
    internal static async Task DrainAsync(PipeReader body, HttpContext context)
    {
        if (!context.Items.ContainsKey(LetInKey))
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
        catch when (context.UserState.ContainsKey(LetInKey))
        {
            await DrainAsync(requestStream.MoveNext, context.CancellationToken);
            throw;
        }
    }

    private static async Task DrainAsync(Func<CancellationToken, Task<bool>> readAsync, CancellationToken callerGone)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var pause = new CancellationTokenSource(Pause);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, pause.Token, callerGone);
        try
        {
            while (await readAsync(enough.Token))
                pause.CancelAfter(Pause);
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or IOException or RpcException or InvalidOperationException)
        {
            // They pause, or have gone; the answer is for them all the same.
        }
    }
}
