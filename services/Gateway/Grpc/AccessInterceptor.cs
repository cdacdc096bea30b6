using CodeInterpreter.Gateway.Access;
using CodeInterpreter.ServiceDefaults.Errors;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace CodeInterpreter.Gateway.Grpc;

/// <summary>Lets calls in. Every call of the API names its user: in its request, or in a part of one message of a stream.</summary>
internal sealed class AccessInterceptor(Gatekeeper gatekeeper) : Interceptor
{
    private const string UserId = "user_id";

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    )
    {
        (await AdmitAsync(context)).ActAs(UserOf(request));
        return await continuation(request, context);
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        (await AdmitAsync(context)).ActAs(UserOf(request));
        await continuation(request, responseStream, context);
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation
    ) => await continuation(new CheckedStream<TRequest>(requestStream, await AdmitAsync(context)), context);

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation
    ) => await continuation(new CheckedStream<TRequest>(requestStream, await AdmitAsync(context)), responseStream, context);

    /// <summary>Where a message of that type has its user: in itself or one level below.</summary>
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

    private static string? UserOf(object message)
    {
        foreach (var path in PathsToUser(((IMessage)message).Descriptor))
        {
            var value = path.Aggregate((object?)message, (part, field) => part is null ? null : field.Accessor.GetValue((IMessage)part));
            if (value is string userId)
                return userId;
        }

        return null;
    }

    private async Task<Admission> AdmitAsync(ServerCallContext context)
    {
        // Large messages have been let in before they were read.
        var admission = context.GetHttpContext().Features.Get<Admission>() ?? await gatekeeper.AdmitAsync(context.GetHttpContext());
        RefusedUploadInterceptor.AllowDraining(context);
        return admission;
    }

    private sealed class CheckedStream<T>(IAsyncStreamReader<T> stream, Admission admission) : IAsyncStreamReader<T>
    {
        public T Current => stream.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await stream.MoveNext(cancellationToken))
                return false;

            admission.ActAs(UserOf(Current!));
            return true;
        }
    }
}
