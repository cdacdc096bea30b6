using CodeInterpreter.FileStore.Files;
using CodeInterpreter.ServiceDefaults.Errors;
using CodeInterpreter.ServiceDefaults.Trust;
using Grpc.Core;

namespace CodeInterpreter.FileStore.Access;

/// <summary>Requires a valid token for each call, and counts the calls that it refuses.</summary>
internal sealed class AccessInterceptor(TrustTokens tokens, AccessInstruments instruments) : CallInterceptor
{
    private const string Header = "authorization";
    private const string Bearer = "Bearer ";

    protected override async Task<T> InterceptAsync<T>(ServerCallContext context, Func<Task<T>> proceed)
    {
        var (verdict, grant) = await tokens.CheckAsync(TokenOf(context));
        // A runner whose grant has just expired has other calls on the same connection, which an early response could break.
        if (verdict is TrustVerdict.Trusted or TrustVerdict.Expired)
            RefusedUploadInterceptor.AllowDraining(context);
        if (verdict != TrustVerdict.Trusted)
        {
            instruments.Refused(verdict);
            throw RpcErrors.Create(
                StatusCode.Unauthenticated,
                verdict switch
                {
                    TrustVerdict.Missing => "The file store requires a token. Set the same Trust:Key for gateways and file stores.",
                    TrustVerdict.Expired => "The token has expired.",
                    _ => "The token was not issued by this system.",
                }
            );
        }

        new Permission(grant).AttachTo(context);
        try
        {
            return await proceed();
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
