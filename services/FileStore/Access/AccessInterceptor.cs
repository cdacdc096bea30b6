using CodeInterpreter.FileStore.Files;
using CodeInterpreter.ServiceDefaults.Errors;
using CodeInterpreter.ServiceDefaults.Trust;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace CodeInterpreter.FileStore.Access;

/// <summary>Lets in who shows a good token, and counts who does not.</summary>
internal sealed class AccessInterceptor(TrustTokens tokens, AccessInstruments instruments) : Interceptor
{
    private const string Header = "authorization";
    private const string Bearer = "Bearer ";

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    ) => await AdmitAsync(context, () => continuation(request, context));

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation
    ) => await AdmitAsync(context, () => continuation(requestStream, context));

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    ) =>
        await AdmitAsync(
            context,
            async () =>
            {
                await continuation(request, responseStream, context);
                return true;
            }
        );

    private async Task<T> AdmitAsync<T>(ServerCallContext context, Func<Task<T>> method)
    {
        var (verdict, grant) = await tokens.CheckAsync(TokenOf(context));
        // A runner whose grant has just expired has other calls on the same connection.
        if (verdict is TrustVerdict.Trusted or TrustVerdict.Expired)
            RefusedUploadInterceptor.LetIn(context);
        if (verdict != TrustVerdict.Trusted)
        {
            instruments.Refused(verdict);
            throw RpcErrors.Create(
                StatusCode.Unauthenticated,
                verdict switch
                {
                    TrustVerdict.Missing => "The file store asks for a token; set Trust:Key for gateways and file stores alike.",
                    TrustVerdict.Expired => "The token has expired.",
                    _ => "The token is not one of this system.",
                }
            );
        }

        new Permission(grant).AttachTo(context);
        try
        {
            return await method();
        }
        catch (FileStoreException exception) when (exception.Error == FileError.NotGranted)
        {
            instruments.Refused(exception.Error);
            throw;
        }
    }

    private static string? TokenOf(ServerCallContext context) =>
        context.RequestHeaders.GetValue(Header) is { } value && value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? value[Bearer.Length..].Trim()
            : null;
}
