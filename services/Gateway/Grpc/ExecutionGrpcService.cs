using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Access;
using CodeInterpreter.Gateway.Access.Limits;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions;
using Grpc.Core;
using V1 = CodeInterpreter.Execution.V1;

namespace CodeInterpreter.Gateway.Grpc;

/// <summary>Executions over gRPC.</summary>
internal sealed class ExecutionGrpcService(
    Executor executor,
    ExecutionRegister register,
    ResultFiles resultFiles,
    LargeAnswers largeAnswers,
    TimeProvider timeProvider)
    : ExecutionService.ExecutionServiceBase
{
    private const string ExecutionIdKey = "execution-id";

    // A caller gives up at its own deadline, and by its own clock; that may be heard here before the deadline is over.
    private static readonly TimeSpan DeadlineTolerance = TimeSpan.FromSeconds(1);

    public override async Task<ExecutionResult> Execute(ExecuteRequest request, ServerCallContext context)
    {
        var caller = new WaitingCaller(
            executionId => context.WriteResponseHeadersAsync(new Metadata { { ExecutionIdKey, executionId } }),
            () => IsOver(context.Deadline, timeProvider.GetUtcNow()));
        var finished = await executor.ExecuteAsync(RequestOf(request, context), caller, context.CancellationToken);
        await largeAnswers.AdmitAsync(context.GetHttpContext(), finished.ExecutionId, finished.Result);
        return ExecutionMapping.ToMessage(finished);
    }

    public override async Task ExecuteStream(
        ExecuteRequest request, IServerStreamWriter<ExecutionEvent> responseStream, ServerCallContext context) =>
        await SendAsync(
            await executor.StreamAsync(RequestOf(request, context), context.CancellationToken), responseStream, context);

    public override async Task ExecuteInteractive(
        IAsyncStreamReader<InteractiveRequest> requestStream,
        IServerStreamWriter<ExecutionEvent> responseStream,
        ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken)
            || requestStream.Current.PartCase != InteractiveRequest.PartOneofCase.Start)
        {
            throw GatewayException.Invalid("start", "must be the first message of the stream.");
        }

        var request = RequestOf(requestStream.Current.Start, context);
        var (execution, events) = await executor.StreamInteractiveAsync(request, context.CancellationToken);
        await new InteractiveSession(executor, register, largeAnswers, execution).RunAsync(requestStream, events, responseStream, context);
    }

    public override async Task<CodeInterpreter.Execution.V1.Execution> Submit(ExecuteRequest request, ServerCallContext context) =>
        ExecutionMapping.ToMessage(
            await executor.SubmitAsync(RequestOf(request, context), ExecutionMode.Live, context.CancellationToken));

    public override async Task Follow(
        FollowExecutionRequest request, IServerStreamWriter<ExecutionEvent> responseStream, ServerCallContext context) =>
        await SendAsync(
            await executor.FollowAsync(request.UserId, request.ExecutionId, request.AfterSequence, context.CancellationToken),
            responseStream,
            context);

    public override async Task<CodeInterpreter.Execution.V1.Execution> Get(
        GetExecutionRequest request, ServerCallContext context) =>
        await AnswerAsync(
            await register.GetAsync(request.UserId, request.ExecutionId, context.CancellationToken), request.IncludeData, context);

    public override async Task<CodeInterpreter.Execution.V1.Execution> Wait(
        WaitForExecutionRequest request, ServerCallContext context) =>
        await AnswerAsync(
            await register.WaitAsync(request.UserId, request.ExecutionId, request.TimeoutSeconds, context.CancellationToken),
            request.IncludeData,
            context);

    public override async Task<ListExecutionsResponse> List(ListExecutionsRequest request, ServerCallContext context)
    {
        var (executions, nextPageToken) = await register.ListAsync(
            request.UserId, request.PageSize, request.PageToken, context.CancellationToken);
        return new ListExecutionsResponse
        {
            Executions = { executions.Select(ExecutionMapping.ToMessage) },
            NextPageToken = nextPageToken,
        };
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
        return new V1.ExecutionUsage { Executions = usage.Executions, Bytes = usage.Bytes, MaxBytes = maxBytes };
    }

    /// <summary>Whether a call that ends now ends because of its deadline.</summary>
    internal static bool IsOver(DateTime deadline, DateTimeOffset now) => deadline - now.UtcDateTime <= DeadlineTolerance;

    private static ExecutionRequest RequestOf(ExecuteRequest message, ServerCallContext context) =>
        ExecutionMapping.ToRequest(message) with { CallerId = Admission.Of(context.GetHttpContext()).CallerId };

    private async Task<CodeInterpreter.Execution.V1.Execution> AnswerAsync(
        ExecutionRecord execution, bool includeData, ServerCallContext context)
    {
        await largeAnswers.AdmitAsync(context.GetHttpContext(), execution.ExecutionId, execution.Result);
        return ExecutionMapping.ToMessage(
            execution, await resultFiles.LoadAsync(execution, includeData, context.CancellationToken));
    }

    private async Task SendAsync(
        IAsyncEnumerable<Executions.Following.ExecutionEvent> events,
        IServerStreamWriter<ExecutionEvent> responseStream,
        ServerCallContext context)
    {
        await foreach (var told in events.WithCancellation(context.CancellationToken))
        {
            await largeAnswers.AdmitAsync(
                context.GetHttpContext(), told.ExecutionId, (told as Executions.Following.ExecutionEvent.Finished)?.Result);
            await responseStream.WriteAsync(EventMapping.ToMessage(told), context.CancellationToken);
        }
    }
}
