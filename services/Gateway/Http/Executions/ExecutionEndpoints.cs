using System.ComponentModel;
using System.Net.Mime;
using CodeInterpreter.Gateway.Access;
using CodeInterpreter.Gateway.Access.Limits;
using CodeInterpreter.Gateway.Executions;
using CodeInterpreter.Gateway.Files;
using CodeInterpreter.Gateway.Http.Access;
using CodeInterpreter.Gateway.Http.Errors;
using CodeInterpreter.Gateway.Http.Json;
using CodeInterpreter.Gateway.Http.Queries;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>Executions over HTTP.</summary>
internal static class ExecutionEndpoints
{
    // Code and input of 1 MiB each, written with escapes, files of 2 MiB in base64, and everything else.
    private const long MaxBodyBytes = 12 * 1024 * 1024;
    private const string IdDescription = "The execution's id, from its result or its acceptance.";

    public static void MapExecutionEndpoints(this IEndpointRouteBuilder app)
    {
        var executions = app.MapGroup("/v1/executions").WithTags("Executions").ProducesAccessProblems();
        executions
            .MapPost("", ExecuteAsync)
            .WithName("ExecuteCode")
            .WithSummary("Run code")
            .WithDescription(
                "Runs Python in its own sandbox and returns its result when its files are stored. Disconnecting cancels the execution, "
                    + "unless it has an `idempotency_key` or other callers wait for it. Files in the working directory, `/mnt/data`, are kept for 48 hours."
            )
            .TakesCode()
            .ProducesProblem(StatusCodes.Status504GatewayTimeout);
        executions
            .MapPost("stream", StreamAsync)
            .WithName("ExecuteCodeStream")
            .WithSummary("Run code and stream its events")
            .WithDescription(
                "Runs Python and sends its events as they happen, as server-sent events. The last one is `finished`. The execution goes on if "
                    + "the connection breaks: you can then follow its events from that point."
            )
            .TakesCode()
            .Produces<ExecutionEventBody>(contentType: "text/event-stream");
        executions
            .MapPost("submit", SubmitAsync)
            .WithName("SubmitCode")
            .WithSummary("Run code without waiting")
            .WithDescription("Accepts Python and returns at once. Get the result by the execution's id.")
            .TakesCode()
            .Produces<ExecutionBody>(StatusCodes.Status202Accepted);
        executions
            .MapPost("interactive", SubmitInteractiveAsync)
            .WithName("SubmitInteractiveCode")
            .WithSummary("Run interactive code")
            .WithDescription("Like `submit`, but standard input stays open: post the input to `input`.")
            .TakesCode()
            .Produces<ExecutionBody>(StatusCodes.Status202Accepted);
        executions
            .MapGet("", ListAsync)
            .WithName("ListExecutions")
            .WithSummary("List executions")
            .WithDescription("The user's executions, the newest first, without their results.")
            .ProducesValidationProblem();
        executions
            .MapGet("usage", MeasureAsync)
            .WithName("MeasureExecutions")
            .WithSummary("Get the usage of results")
            .WithDescription("The size of the user's results and events, and its limit.")
            .ProducesValidationProblem();
        executions
            .MapDelete("{execution_id}", DeleteAsync)
            .WithName("DeleteExecution")
            .WithSummary("Delete an execution")
            .WithDescription("Deletes a finished execution with its result and its events. Its files stay.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        executions
            .MapGet("{execution_id}", GetAsync)
            .WithName("GetExecution")
            .WithSummary("Get an execution")
            .WithDescription(
                "The status of an execution and, once it has finished, its result. With `wait_seconds` the call returns when the execution "
                    + "has finished or that time has passed."
            )
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound);
        executions
            .MapGet("{execution_id}/events", FollowAsync)
            .WithName("FollowExecution")
            .WithSummary("Follow the events of an execution")
            .WithDescription(
                "The events of a running or finished execution after the number `after`, or after the header `Last-Event-ID`, as server-sent "
                    + "events. With `Last-Event-ID` the response is 204 if that event was the last one."
            )
            .Produces<ExecutionEventBody>(contentType: "text/event-stream")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound);
        executions
            .MapPost("{execution_id}/cancel", CancelAsync)
            .WithName("CancelExecution")
            .WithSummary("Cancel an execution")
            .WithDescription(
                "Stops an execution with all of its processes. A waiting execution never starts. A finished one does not change."
            )
            .Produces(StatusCodes.Status204NoContent)
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound);
        executions
            .MapPost("{execution_id}/input", FeedAsync)
            .WithName("FeedExecution")
            .WithSummary("Send input to an interactive execution")
            .WithDescription("Text for the standard input of running code that was submitted as interactive.")
            .Accepts<ExecutionInputBody>(MediaTypeNames.Application.Json)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .Produces(StatusCodes.Status204NoContent)
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static RouteHandlerBuilder TakesCode(this RouteHandlerBuilder endpoint) =>
        endpoint
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .Accepts<ExecuteBody>(MediaTypeNames.Application.Json)
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage);

    private static async Task<ExecutionResultBody> ExecuteAsync(
        HttpRequest request,
        JsonBodyReader bodies,
        Executor executor,
        Answering answering,
        CancellationToken cancellationToken
    )
    {
        var caller = WaitingCaller.Any with { Accepted = _ => Leave(request) };
        var finished = await executor.ExecuteAsync(await ReadAsync(request, bodies, cancellationToken), caller, cancellationToken);
        return ExecutionBodyMapping.ToBody(await answering.PrepareAsync(request.HttpContext, finished, cancellationToken));
    }

    private static Task Leave(HttpRequest request)
    {
        LargeRequests.Leave(request.HttpContext);
        return Task.CompletedTask;
    }

    private static async Task<IResult> StreamAsync(
        HttpRequest request,
        JsonBodyReader bodies,
        Executor executor,
        CancellationToken cancellationToken
    )
    {
        var asked = await ReadAsync(request, bodies, cancellationToken);
        var events = await executor.StreamAsync(asked, cancellationToken);
        LargeRequests.Leave(request.HttpContext);
        return EventStream.For(request.HttpContext, events, asked.UserId, asked.IncludeData);
    }

    private static async Task<IResult> SubmitAsync(
        HttpRequest request,
        JsonBodyReader bodies,
        Executor executor,
        CancellationToken cancellationToken
    ) => Accepted(await executor.SubmitAsync(await ReadAsync(request, bodies, cancellationToken), ExecutionMode.Live, cancellationToken));

    private static async Task<IResult> SubmitInteractiveAsync(
        HttpRequest request,
        JsonBodyReader bodies,
        Executor executor,
        CancellationToken cancellationToken
    ) =>
        Accepted(
            await executor.SubmitAsync(await ReadAsync(request, bodies, cancellationToken), ExecutionMode.Interactive, cancellationToken)
        );

    private static async Task<ExecutionListBody> ListAsync(
        [FromQuery(Name = "user_id"), Description(UserIds.Description)] string? userId,
        [FromQuery(Name = "page_size"), Description("1 to 1000 executions a page, 100 by default.")] string? pageSize,
        [FromQuery(Name = "page_token"), Description("next_page_token of the page before; none for the first page.")] string? pageToken,
        ExecutionRegister register,
        CancellationToken cancellationToken
    )
    {
        var (executions, next) = await register.ListAsync(
            userId ?? "",
            QueryValues.ReadWhole<int>("page_size", pageSize) ?? 0,
            pageToken ?? "",
            cancellationToken
        );
        return new ExecutionListBody
        {
            Executions = [.. executions.Select(ExecutionBodyMapping.ToBody)],
            NextPageToken = next.Length == 0 ? null : next,
        };
    }

    private static async Task<ExecutionBody> GetAsync(
        [FromRoute(Name = "execution_id"), Description(IdDescription)] string executionId,
        [FromQuery(Name = "user_id"), Description(UserIds.Description)] string? userId,
        [FromQuery(Name = "wait_seconds"), Description("How long to wait for its end, at most 300; not at all by default.")]
            string? waitSeconds,
        [FromQuery(Name = "include_data"), Description("Puts small files into the result, as data in base64.")] string? includeData,
        HttpContext context,
        ExecutionRegister register,
        Answering answering,
        CancellationToken cancellationToken
    )
    {
        var withData = QueryValues.ReadSwitch("include_data", includeData) ?? false;
        var execution = QueryValues.ReadNumber("wait_seconds", waitSeconds) is { } seconds
            ? await register.WaitAsync(userId ?? "", executionId, seconds, cancellationToken).NamingAsync("timeout_seconds", "wait_seconds")
            : await register.GetAsync(userId ?? "", executionId, cancellationToken);
        return ExecutionBodyMapping.ToBody(
            execution,
            await answering.PrepareAsync(context, execution.UserId, executionId, execution.Result, withData, cancellationToken)
        );
    }

    private static async Task<IResult> FollowAsync(
        [FromRoute(Name = "execution_id"), Description(IdDescription)] string executionId,
        [FromQuery(Name = "user_id"), Description(UserIds.Description)] string? userId,
        [FromQuery(Name = "after"), Description("The sequence of the last event that arrived; none for all events.")] string? after,
        [FromHeader(Name = "Last-Event-ID"), Description("The same, as browsers send it by themselves.")] string? lastEventId,
        HttpContext context,
        Executor executor,
        ExecutionRegister register,
        CancellationToken cancellationToken
    )
    {
        var named = QueryValues.ReadWhole<long>("after", after);
        var last = QueryValues.ReadWhole<long>("Last-Event-ID", lastEventId);
        if (
            last > 0
            && await register.GetAsync(userId ?? "", executionId, cancellationToken) is { LastSequence: > 0 } execution
            && last >= execution.LastSequence
        )
        {
            // A browser comes back whenever a stream has ended, and only this keeps it away.
            return TypedResults.NoContent();
        }

        // A browser that comes back still has the address with which it came first.
        var from = Math.Max(last ?? 0, named ?? 0);
        return EventStream.For(
            context,
            await executor.FollowAsync(userId ?? "", executionId, from, cancellationToken),
            userId ?? "",
            includeData: false
        );
    }

    private static async Task<IResult> CancelAsync(
        [FromRoute(Name = "execution_id"), Description(IdDescription)] string executionId,
        [FromQuery(Name = "user_id"), Description(UserIds.Description)] string? userId,
        ExecutionRegister register,
        CancellationToken cancellationToken
    )
    {
        await register.CancelAsync(userId ?? "", executionId, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> DeleteAsync(
        [FromRoute(Name = "execution_id"), Description(IdDescription)] string executionId,
        [FromQuery(Name = "user_id"), Description(UserIds.Description)] string? userId,
        ExecutionRegister register,
        CancellationToken cancellationToken
    )
    {
        await register.DeleteAsync(userId ?? "", executionId, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<ExecutionUsageBody> MeasureAsync(
        [FromQuery(Name = "user_id"), Description(UserIds.Description)] string? userId,
        ExecutionRegister register,
        CancellationToken cancellationToken
    )
    {
        var (usage, maxBytes) = await register.MeasureAsync(userId ?? "", cancellationToken);
        return new ExecutionUsageBody
        {
            Executions = usage.Executions,
            Bytes = usage.Bytes,
            MaxBytes = maxBytes == 0 ? null : maxBytes,
        };
    }

    private static async Task<IResult> FeedAsync(
        [FromRoute(Name = "execution_id"), Description(IdDescription)] string executionId,
        [FromQuery(Name = "user_id"), Description(UserIds.Description)] string? userId,
        HttpRequest request,
        JsonBodyReader bodies,
        ExecutionRegister register,
        CancellationToken cancellationToken
    )
    {
        var body = await bodies.ReadAsync<ExecutionInputBody>(request, cancellationToken);
        await register
            .FeedAsync(userId ?? "", executionId, body.Text ?? "", body.End ?? false, cancellationToken)
            .NamingAsync("input", "text");
        return TypedResults.NoContent();
    }

    private static async Task<ExecutionRequest> ReadAsync(HttpRequest request, JsonBodyReader bodies, CancellationToken cancellationToken)
    {
        var body = await bodies.ReadAsync<ExecuteBody>(request, cancellationToken);
        request.HttpContext.AuthorizeUser(body.UserId);
        return ExecutionBodyMapping.ToRequest(body) with { CallerId = CallAuthorization.Of(request.HttpContext).CallerId };
    }

    private static Accepted<ExecutionBody> Accepted(ExecutionRecord execution) =>
        TypedResults.Accepted($"/v1/executions/{execution.ExecutionId}?user_id={execution.UserId}", ExecutionBodyMapping.ToBody(execution));
}
