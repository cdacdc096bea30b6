using System.Reflection;
using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CodeInterpreter.ServiceDefaults.Errors;

/// <summary>Registers gRPC services whose callers may send anything.</summary>
public static class CheckedMethodsExtensions
{
    /// <summary>
    /// Maps a message that cannot be parsed to INVALID_ARGUMENT for all methods of <typeparamref name="TService"/>. The framework would
    /// return UNKNOWN and log an error, because no interceptor sees it.
    /// </summary>
    public static IServiceCollection AddCheckedMethods<TService>(this IServiceCollection services)
        where TService : class =>
        // Replaces all other providers, in whatever order they are registered.
        services.AddSingleton<IEnumerable<IServiceMethodProvider<TService>>>([new CheckedMethods<TService>()]);
}

/// <summary>Finds the methods of a service as the framework does, and maps errors in their requests.</summary>
internal sealed class CheckedMethods<TService> : IServiceMethodProvider<TService>
    where TService : class
{
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<TService> context)
    {
        var generated = typeof(TService).BaseType!;
        var binding = generated.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false)!;
        binding
            .BindType.GetMethod(binding.BindMethodName, [typeof(ServiceBinderBase), generated])!
            .Invoke(null, [new Binder(context), null]);
    }

    private sealed class Binder(ServiceMethodProviderContext<TService> context) : ServiceBinderBase
    {
        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            UnaryServerMethod<TRequest, TResponse>? handler
        )
        {
            var own = Find(method.Name, typeof(TRequest), typeof(ServerCallContext));
            context.AddUnaryMethod(Check(method), MetadataOf(own), own.CreateDelegate<UnaryServerMethod<TService, TRequest, TResponse>>());
        }

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            ClientStreamingServerMethod<TRequest, TResponse>? handler
        )
        {
            var own = Find(method.Name, typeof(IAsyncStreamReader<TRequest>), typeof(ServerCallContext));
            context.AddClientStreamingMethod(
                Check(method),
                MetadataOf(own),
                own.CreateDelegate<ClientStreamingServerMethod<TService, TRequest, TResponse>>()
            );
        }

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            ServerStreamingServerMethod<TRequest, TResponse>? handler
        )
        {
            var own = Find(method.Name, typeof(TRequest), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
            context.AddServerStreamingMethod(
                Check(method),
                MetadataOf(own),
                own.CreateDelegate<ServerStreamingServerMethod<TService, TRequest, TResponse>>()
            );
        }

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            DuplexStreamingServerMethod<TRequest, TResponse>? handler
        )
        {
            var own = Find(
                method.Name,
                typeof(IAsyncStreamReader<TRequest>),
                typeof(IServerStreamWriter<TResponse>),
                typeof(ServerCallContext)
            );
            context.AddDuplexStreamingMethod(
                Check(method),
                MetadataOf(own),
                own.CreateDelegate<DuplexStreamingServerMethod<TService, TRequest, TResponse>>()
            );
        }

        private static MethodInfo Find(string name, params Type[] parameters) => typeof(TService).GetMethod(name, parameters)!;

        private static List<object> MetadataOf(MethodInfo method) =>
            [
                .. typeof(TService).GetCustomAttributes(inherit: true),
                .. method.GetCustomAttributes(inherit: true),
                new HttpMethodMetadata(["POST"], acceptCorsPreflight: true),
            ];

        private static Method<TRequest, TResponse> Check<TRequest, TResponse>(Method<TRequest, TResponse> method)
            where TRequest : class
            where TResponse : class
        {
            var marshaller = method.RequestMarshaller;
            var reading = new Marshaller<TRequest>(marshaller.ContextualSerializer, content => Read(marshaller, content));
            return new Method<TRequest, TResponse>(method.Type, method.ServiceName, method.Name, reading, method.ResponseMarshaller);
        }

        private static T Read<T>(Marshaller<T> marshaller, DeserializationContext content)
        {
            try
            {
                return marshaller.ContextualDeserializer(content);
            }
            catch (InvalidProtocolBufferException)
            {
                throw RpcErrors.InvalidArgument(new FieldViolation("message", "is not a protobuf message of the type of this method."));
            }
        }
    }
}
