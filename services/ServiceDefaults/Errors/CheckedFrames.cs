using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace CodeInterpreter.ServiceDefaults.Errors;

/// <summary>Decides, before a message of a gRPC request is read, whether and when to read it.</summary>
public interface IMessageGate
{
    /// <summary>Completes when the message may be read.</summary>
    /// <exception cref="RpcException">The message is refused.</exception>
    Task EnterAsync(HttpContext context, long messageBytes);
}

/// <summary>
/// Checks the five bytes before each gRPC message, a flag and a length. For invalid ones the framework would return UNKNOWN and log an
/// error with a stack trace, because no interceptor sees them.
/// </summary>
internal sealed class CheckedFrames : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(
                (context, rest) =>
                {
                    if (context.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true)
                    {
                        var gate = context.RequestServices.GetService<IMessageGate>();
                        context.Features.Set<IRequestBodyPipeFeature>(new Body(new FrameReader(context.Request.BodyReader, context, gate)));
                    }

                    return rest(context);
                }
            );
            next(app);
        };

    private sealed record Body(PipeReader Reader) : IRequestBodyPipeFeature;

    /// <summary>The body of a request. Each read begins with a message, because the framework consumes whole messages only.</summary>
    private sealed class FrameReader(PipeReader body, HttpContext context, IMessageGate? gate) : PipeReader
    {
        private const int HeaderBytes = 5;
        private const byte Compressed = 1;

        public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            var result = await body.ReadAsync(cancellationToken);
            if (result.Buffer.Length < HeaderBytes)
                return result;
            try
            {
                var length = LengthOf(result.Buffer);
                if (gate is not null)
                    await gate.EnterAsync(context, length);
                return result;
            }
            catch
            {
                // Returns the bytes; the pipe allows no read before this one is finished.
                body.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                await RefusedUploadInterceptor.DrainAsync(body, context);
                throw;
            }
        }

        public override bool TryRead(out ReadResult result) => body.TryRead(out result);

        public override void AdvanceTo(SequencePosition consumed) => body.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => body.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => body.CancelPendingRead();

        public override void Complete(Exception? exception = null) => body.Complete(exception);

        private static long LengthOf(ReadOnlySequence<byte> buffer)
        {
            Span<byte> header = stackalloc byte[HeaderBytes];
            buffer.Slice(0, HeaderBytes).CopyTo(header);
            if (header[0] > Compressed)
                throw RpcErrors.InvalidArgument(new FieldViolation("message", "has a compression flag that is neither 0 nor 1."));
            var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
            return length <= int.MaxValue ? length : throw RpcErrors.MessageTooLarge();
        }
    }
}
