using System.Collections.Concurrent;
using CodeInterpreter.Gateway.Access;
using CodeInterpreter.ServiceDefaults.Errors;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace CodeInterpreter.Gateway.Grpc;

/// <summary>
/// Checks that the caller may act for the user of a call. Each request names its user: in a field of its own, or in one message of a
/// stream.
/// </summary>
internal sealed class UserAuthorizationInterceptor : Interceptor
{
    private const string UserId = "user_id";

    private static readonly ConcurrentDictionary<MessageDescriptor, IReadOnlyList<FieldDescriptor>[]> Paths = new();

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    )
    {
        AuthorizationOf(context).AuthorizeUser(UserOf(request));
        return continuation(request, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        AuthorizationOf(context).AuthorizeUser(UserOf(request));
        return continuation(request, responseStream, context);
    }

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation
    ) => continuation(new AuthorizedStream<TRequest>(requestStream, AuthorizationOf(context)), context);

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation
    ) => continuation(new AuthorizedStream<TRequest>(requestStream, AuthorizationOf(context)), responseStream, context);

    /// <summary>The paths to the user in a message: a field of the message or of one of its parts.</summary>
    internal static IEnumerable<IReadOnlyList<FieldDescriptor>> PathsToUser(MessageDescriptor message)
    {
        if (message.FindFieldByName(UserId) is { } own)
            return
            [
                [own],
            ];

        return from part in message.Fields.InDeclarationOrder()
            where part.FieldType == FieldType.Message && !part.IsRepeated
            let user = part.MessageType.FindFieldByName(UserId)
            where user is not null
            select new[] { part, user };
    }

    private static string? UserOf(object request)
    {
        var message = (IMessage)request;
        foreach (var path in Paths.GetOrAdd(message.Descriptor, type => [.. PathsToUser(type)]))
        {
            var value = path.Aggregate((object?)message, (part, field) => part is null ? null : field.Accessor.GetValue((IMessage)part));
            if (value is string userId)
                return userId;
        }

        return null;
    }

    private static CallAuthorization AuthorizationOf(ServerCallContext context)
    {
        RefusedUploadInterceptor.AllowDraining(context);
        return CallAuthorization.Of(context.GetHttpContext());
    }

    private sealed class AuthorizedStream<T>(IAsyncStreamReader<T> stream, CallAuthorization authorization) : IAsyncStreamReader<T>
    {
        public T Current => stream.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await stream.MoveNext(cancellationToken))
                return false;

            authorization.AuthorizeUser(UserOf(Current!));
            return true;
        }
    }
}
