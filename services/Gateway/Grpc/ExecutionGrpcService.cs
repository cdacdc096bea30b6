using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Access;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions;
using CodeInterpreter.Gateway.Executions.Requests;
using CodeInterpreter.Gateway.Limits;
using Grpc.Core;
using ExecutionService = CodeInterpreter.Gateway.Executions.ExecutionService;
using V1 = CodeInterpreter.Execution.V1;

namespace CodeInterpreter.Gateway.Grpc;

/// <summary>Executions over gRPC.</summary>
internal sealed class ExecutionGrpcService(ExecutionService executions, TimeProvider timeProvider)
    : V1.ExecutionService.ExecutionServiceBase
{
    private const string ExecutionIdKey = "execution-id";

    // A caller cancels at its deadline by its own clock; here that may be a moment before the deadline.
    private static readonly TimeSpan DeadlineTolerance = TimeSpan.FromSeconds(1);

    public override async Task<ExecutionResult> Execute(ExecuteRequest request, ServerCallContext context)
    {
        var caller = new WaitingCaller(
            context.GetHttpContext(),
            executionId =>
            {
                LargeRequests.Leave(context.GetHttpContext());
                return context.WriteResponseHeadersAsync(new Metadata { { ExecutionIdKey, executionId } });
            },
            () => IsAtDeadline(context.Deadline, timeProvider.GetUtcNow())
        );
        return ExecutionMapping.ToMessage(await executions.ExecuteAsync(RequestOf(request, context), caller, context.CancellationToken));
    }

    public override async Task ExecuteStream(
        ExecuteRequest request,
        IServerStreamWriter<ExecutionEvent> responseStream,
        ServerCallContext context
    ) =>
        await SendAsync(
            LeaveLarge(
                context,
                await executions.StreamAsync(RequestOf(request, context), context.GetHttpContext(), context.CancellationToken)
            ),
            responseStream,
            context
        );

    public override async Task ExecuteInteractive(
        IAsyncStreamReader<InteractiveRequest> requestStream,
        IServerStreamWriter<ExecutionEvent> responseStream,
        ServerCallContext context
    )
    {
        if (
            !await requestStream.MoveNext(context.CancellationToken)
            || requestStream.Current.PartCase != InteractiveRequest.PartOneofCase.Start
        )
        {
            throw GatewayException.Invalid("start", "must be the first message of the stream.");
        }

        var (execution, events) = LeaveLarge(
            context,
            await executions.StreamInteractiveAsync(
                RequestOf(requestStream.Current.Start, context),
                context.GetHttpContext(),
                context.CancellationToken
            )
        );
        await new InteractiveSession(executions, execution).RunAsync(requestStream, events, responseStream, context);
    }

    public override async Task<V1.Execution> Submit(ExecuteRequest request, ServerCallContext context) =>
        ExecutionMapping.ToMessage(
            await executions.SubmitAsync(RequestOf(request, context), ExecutionMode.Live, context.CancellationToken)
        );

    public override async Task Follow(
        FollowExecutionRequest request,
        IServerStreamWriter<ExecutionEvent> responseStream,
        ServerCallContext context
    ) =>
        await SendAsync(
            await executions.FollowAsync(
                request.UserId,
                request.ExecutionId,
                request.After != 0 ? request.After : request.AfterSequence,
                context.GetHttpContext(),
                context.CancellationToken
            ),
            responseStream,
            context
        );

    public override async Task<V1.Execution> Get(GetExecutionRequest request, ServerCallContext context) =>
        ExecutionMapping.ToMessage(
            await executions.GetAsync(
                request.UserId,
                request.ExecutionId,
                request.IncludeData,
                context.GetHttpContext(),
                context.CancellationToken
            )
        );

    public override async Task<V1.Execution> Wait(WaitForExecutionRequest request, ServerCallContext context) =>
        ExecutionMapping.ToMessage(
            await executions.WaitAsync(
                request.UserId,
                request.ExecutionId,
                request.HasWaitSeconds ? request.WaitSeconds : request.TimeoutSeconds,
                request.IncludeData,
                context.GetHttpContext(),
                context.CancellationToken
            )
        );

    public override async Task<ListExecutionsResponse> List(ListExecutionsRequest request, ServerCallContext context)
    {
        var (found, nextPageToken) = await executions.ListAsync(
            request.UserId,
            request.PageSize,
            request.PageToken,
            context.CancellationToken
        );
        return new ListExecutionsResponse { Executions = { found.Select(ExecutionMapping.ToMessage) }, NextPageToken = nextPageToken };
    }

    public override async Task<CancelExecutionResponse> Cancel(CancelExecutionRequest request, ServerCallContext context)
    {
        await executions.CancelAsync(request.UserId, request.ExecutionId, context.CancellationToken);
        return new CancelExecutionResponse();
    }

    public override async Task<DeleteExecutionResponse> Delete(DeleteExecutionRequest request, ServerCallContext context)
    {
        await executions.DeleteAsync(request.UserId, request.ExecutionId, context.CancellationToken);
        return new DeleteExecutionResponse();
    }

    public override async Task<V1.ExecutionUsage> Usage(ExecutionUsageRequest request, ServerCallContext context)
    {
        var (usage, maxBytes) = await executions.MeasureAsync(request.UserId, context.CancellationToken);
        return new V1.ExecutionUsage
        {
            Executions = usage.Executions,
            Bytes = usage.Bytes,
            MaxBytes = maxBytes,
        };
    }

    /// <summary>Whether a call that is cancelled now is cancelled because of its deadline.</summary>
    internal static bool IsAtDeadline(DateTime deadline, DateTimeOffset now) => deadline - now.UtcDateTime <= DeadlineTolerance;

    private static ExecutionRequest RequestOf(ExecuteRequest message, ServerCallContext context)
    {
        var request = ExecutionMapping.ToRequest(message) with { CallerId = CallAuthorization.Of(context.GetHttpContext()).CallerId };
        // The framework holds the message until the call ends, which may be minutes.
        (message.Code, message.Stdin) = ("", "");
        message.Files.Clear();
        return request;
    }

    private static T LeaveLarge<T>(ServerCallContext context, T accepted)
    {
        LargeRequests.Leave(context.GetHttpContext());
        return accepted;
    }

    private static async Task SendAsync(
        IAsyncEnumerable<Executions.Watching.ExecutionEvent> events,
        IServerStreamWriter<ExecutionEvent> responseStream,
        ServerCallContext context
    )
    {
        await foreach (var next in events.WithCancellation(context.CancellationToken))
        {
            await responseStream.WriteAsync(EventMapping.ToMessage(next), context.CancellationToken);
        }
    }
}
