using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Access;
using CodeInterpreter.Gateway.Access.Limits;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions;
using Grpc.Core;
using V1 = CodeInterpreter.Execution.V1;

namespace CodeInterpreter.Gateway.Grpc;

/// <summary>Executions over gRPC.</summary>
internal sealed class ExecutionGrpcService(Executor executor, ExecutionRegister register, Answering answering, TimeProvider timeProvider)
    : ExecutionService.ExecutionServiceBase
{
    private const string ExecutionIdKey = "execution-id";

    // A caller gives up at its own deadline, and by its own clock; that may be heard here before the deadline is over.
    private static readonly TimeSpan DeadlineTolerance = TimeSpan.FromSeconds(1);

    public override async Task<ExecutionResult> Execute(ExecuteRequest request, ServerCallContext context)
    {
        var caller = new WaitingCaller(
            executionId =>
            {
                LargeRequests.Leave(context.GetHttpContext());
                return context.WriteResponseHeadersAsync(new Metadata { { ExecutionIdKey, executionId } });
            },
            () => IsOver(context.Deadline, timeProvider.GetUtcNow())
        );
        var finished = await executor.ExecuteAsync(RequestOf(request, context), caller, context.CancellationToken);
        return ExecutionMapping.ToMessage(await answering.PrepareAsync(context.GetHttpContext(), finished, context.CancellationToken));
    }

    public override async Task ExecuteStream(
        ExecuteRequest request,
        IServerStreamWriter<ExecutionEvent> responseStream,
        ServerCallContext context
    ) =>
        await SendAsync(
            Left(context, await executor.StreamAsync(RequestOf(request, context), context.CancellationToken)),
            request.UserId,
            request.IncludeData,
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

        var includeData = requestStream.Current.Start.IncludeData;
        var (execution, events) = Left(
            context,
            await executor.StreamInteractiveAsync(RequestOf(requestStream.Current.Start, context), context.CancellationToken)
        );
        await new InteractiveSession(executor, register, answering, execution, includeData).RunAsync(
            requestStream,
            events,
            responseStream,
            context
        );
    }

    public override async Task<CodeInterpreter.Execution.V1.Execution> Submit(ExecuteRequest request, ServerCallContext context) =>
        ExecutionMapping.ToMessage(await executor.SubmitAsync(RequestOf(request, context), ExecutionMode.Live, context.CancellationToken));

    public override async Task Follow(
        FollowExecutionRequest request,
        IServerStreamWriter<ExecutionEvent> responseStream,
        ServerCallContext context
    ) =>
        await SendAsync(
            await executor.FollowAsync(request.UserId, request.ExecutionId, request.AfterSequence, context.CancellationToken),
            request.UserId,
            includeData: false,
            responseStream,
            context
        );

    public override async Task<CodeInterpreter.Execution.V1.Execution> Get(GetExecutionRequest request, ServerCallContext context) =>
        await AnswerAsync(
            await register.GetAsync(request.UserId, request.ExecutionId, context.CancellationToken),
            request.IncludeData,
            context
        );

    public override async Task<CodeInterpreter.Execution.V1.Execution> Wait(WaitForExecutionRequest request, ServerCallContext context) =>
        await AnswerAsync(
            await register.WaitAsync(request.UserId, request.ExecutionId, request.TimeoutSeconds, context.CancellationToken),
            request.IncludeData,
            context
        );

    public override async Task<ListExecutionsResponse> List(ListExecutionsRequest request, ServerCallContext context)
    {
        var (executions, nextPageToken) = await register.ListAsync(
            request.UserId,
            request.PageSize,
            request.PageToken,
            context.CancellationToken
        );
        return new ListExecutionsResponse { Executions = { executions.Select(ExecutionMapping.ToMessage) }, NextPageToken = nextPageToken };
    }

    public override async Task<CancelExecutionResponse> Cancel(CancelExecutionRequest request, ServerCallContext context)
    {
        await register.CancelAsync(request.UserId, request.ExecutionId, context.CancellationToken);
        return new CancelExecutionResponse();
    }

    public override async Task<DeleteExecutionResponse> Delete(DeleteExecutionRequest request, ServerCallContext context)
    {
        await register.DeleteAsync(request.UserId, request.ExecutionId, context.CancellationToken);
        return new DeleteExecutionResponse();
    }

    public override async Task<V1.ExecutionUsage> Usage(ExecutionUsageRequest request, ServerCallContext context)
    {
        var (usage, maxBytes) = await register.MeasureAsync(request.UserId, context.CancellationToken);
        return new V1.ExecutionUsage
        {
            Executions = usage.Executions,
            Bytes = usage.Bytes,
            MaxBytes = maxBytes,
        };
    }

    /// <summary>Whether a call that ends now ends because of its deadline.</summary>
    internal static bool IsOver(DateTime deadline, DateTimeOffset now) => deadline - now.UtcDateTime <= DeadlineTolerance;

    private static ExecutionRequest RequestOf(ExecuteRequest message, ServerCallContext context)
    {
        var request = ExecutionMapping.ToRequest(message) with { CallerId = CallAuthorization.Of(context.GetHttpContext()).CallerId };
        // The framework holds the message until the call ends, which may be minutes.
        (message.Code, message.Stdin) = ("", "");
        message.Files.Clear();
        return request;
    }

    private static T Left<T>(ServerCallContext context, T accepted)
    {
        LargeRequests.Leave(context.GetHttpContext());
        return accepted;
    }

    private async Task<CodeInterpreter.Execution.V1.Execution> AnswerAsync(
        ExecutionRecord execution,
        bool includeData,
        ServerCallContext context
    )
    {
        var data = await answering.PrepareAsync(
            context.GetHttpContext(),
            execution.UserId,
            execution.ExecutionId,
            execution.Result,
            includeData,
            context.CancellationToken
        );
        return ExecutionMapping.ToMessage(execution, data);
    }

    private async Task SendAsync(
        IAsyncEnumerable<Executions.Following.ExecutionEvent> events,
        string userId,
        bool includeData,
        IServerStreamWriter<ExecutionEvent> responseStream,
        ServerCallContext context
    )
    {
        await foreach (var told in events.WithCancellation(context.CancellationToken))
        {
            var prepared = await answering.PrepareAsync(context.GetHttpContext(), userId, told, includeData, context.CancellationToken);
            await responseStream.WriteAsync(EventMapping.ToMessage(prepared), context.CancellationToken);
        }
    }
}
