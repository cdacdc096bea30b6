using System.ComponentModel;
using System.Net.Mime;
using CodeInterpreter.Gateway.Executions;
using CodeInterpreter.Gateway.Files;
using CodeInterpreter.Gateway.Http.Access;
using CodeInterpreter.Gateway.Http.Errors;
using CodeInterpreter.Gateway.Http.Json;
using CodeInterpreter.Gateway.Http.Queries;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>Executions over HTTP, by their ids.</summary>
internal static class ExecutionEndpoints
{
    private const string IdDescription = "The execution's id, from its result or its acceptance.";

    public static void MapExecutionEndpoints(this IEndpointRouteBuilder app)
    {
        var executions = app.MapGroup("/v1/executions").WithTags("Executions").ProducesAccessProblems().RefusesUnknownQueries();
        executions.MapExecute();
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
                "The events of a running or finished execution after the number `after`, "
                    + "or after the header `Last-Event-ID`, as server-sent "
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
            .WithMetadata(new RequestSizeLimitAttribute(ExecuteEndpoints.MaxBodyBytes))
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<ExecutionListBody> ListAsync(
        [FromQuery(Name = "user_id"), Description(UserIds.Description)] string? userId,
        [FromQuery(Name = "page_size"), Description("1 to 1000 executions a page, 100 by default.")] string? pageSize,
        [FromQuery(Name = "page_token"), Description("next_page_token of the page before; none for the first page.")] string? pageToken,
        ExecutionService executions,
        CancellationToken cancellationToken
    )
    {
        var (found, next) = await executions.ListAsync(
            userId ?? "",
            QueryValues.ReadWhole<int>("page_size", pageSize) ?? 0,
            pageToken ?? "",
            cancellationToken
        );
        return new ExecutionListBody
        {
            Executions = [.. found.Select(ExecutionBodyMapping.ToBody)],
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
        ExecutionService executions,
        CancellationToken cancellationToken
    )
    {
        var withData = QueryValues.ReadSwitch("include_data", includeData) ?? false;
        return ExecutionBodyMapping.ToBody(
            QueryValues.ReadNumber("wait_seconds", waitSeconds) is { } seconds
                ? await executions.WaitAsync(userId ?? "", executionId, seconds, withData, context, cancellationToken)
                : await executions.GetAsync(userId ?? "", executionId, withData, context, cancellationToken)
        );
    }

    private static async Task<IResult> FollowAsync(
        [FromRoute(Name = "execution_id"), Description(IdDescription)] string executionId,
        [FromQuery(Name = "user_id"), Description(UserIds.Description)] string? userId,
        [FromQuery(Name = "after"), Description("The sequence of the last event that arrived; none for all events.")] string? after,
        [FromHeader(Name = "Last-Event-ID"), Description("The same, as browsers send it by themselves.")] string? lastEventId,
        HttpContext context,
        ExecutionService executions,
        CancellationToken cancellationToken
    )
    {
        var named = QueryValues.ReadWhole<long>("after", after);
        var last = QueryValues.ReadWhole<long>("Last-Event-ID", lastEventId);
        if (
            last > 0
            && await executions.GetAsync(userId ?? "", executionId, cancellationToken) is { LastSequence: > 0 } execution
            && last >= execution.LastSequence
        )
        {
            // Browsers reconnect whenever a stream ends; only this status stops them.
            return TypedResults.NoContent();
        }

        // A browser that reconnects uses its first address again.
        var from = Math.Max(last ?? 0, named ?? 0);
        return EventStream.For(context, await executions.FollowAsync(userId ?? "", executionId, from, context, cancellationToken));
    }

    private static async Task<IResult> CancelAsync(
        [FromRoute(Name = "execution_id"), Description(IdDescription)] string executionId,
        [FromQuery(Name = "user_id"), Description(UserIds.Description)] string? userId,
        ExecutionService executions,
        CancellationToken cancellationToken
    )
    {
        await executions.CancelAsync(userId ?? "", executionId, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> DeleteAsync(
        [FromRoute(Name = "execution_id"), Description(IdDescription)] string executionId,
        [FromQuery(Name = "user_id"), Description(UserIds.Description)] string? userId,
        ExecutionService executions,
        CancellationToken cancellationToken
    )
    {
        await executions.DeleteAsync(userId ?? "", executionId, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<ExecutionUsageBody> MeasureAsync(
        [FromQuery(Name = "user_id"), Description(UserIds.Description)] string? userId,
        ExecutionService executions,
        CancellationToken cancellationToken
    )
    {
        var (usage, maxBytes) = await executions.MeasureAsync(userId ?? "", cancellationToken);
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
        ExecutionService executions,
        CancellationToken cancellationToken
    )
    {
        var body = await bodies.ReadAsync<ExecutionInputBody>(request, cancellationToken);
        await executions
            .SendInputAsync(
                request.HttpContext.UserOf(body.UserId, userId),
                executionId,
                body.Text ?? "",
                body.End ?? false,
                cancellationToken
            )
            .NamingAsync("input", "text");
        return TypedResults.NoContent();
    }
}
