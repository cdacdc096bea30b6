using System.Net.Mime;
using CodeInterpreter.Gateway.Access;
using CodeInterpreter.Gateway.Executions;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Requests;
using CodeInterpreter.Gateway.Http.Access;
using CodeInterpreter.Gateway.Http.Json;
using CodeInterpreter.Gateway.Limits;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>The requests that run code: waiting for the result, streaming events, or returning at once.</summary>
internal static class ExecuteEndpoints
{
    // Code and input of 1 MiB each, written with escapes, files of 2 MiB in base64, and everything else.
    public const long MaxBodyBytes = 12 * 1024 * 1024;

    public static void MapExecute(this IEndpointRouteBuilder executions)
    {
        executions
            .MapPost("", ExecuteAsync)
            .WithName("ExecuteCode")
            .WithSummary("Run code")
            .WithDescription(
                "Runs Python in its own sandbox and returns its result when its files are stored. Disconnecting cancels the execution, "
                    + "unless it has an `idempotency_key` or other callers wait for it. "
                    + "Files in the working directory, `/mnt/data`, are kept for 48 hours."
            )
            .TakesCode()
            .ProducesProblem(StatusCodes.Status504GatewayTimeout);
        executions
            .MapPost("stream", StreamAsync)
            .WithName("ExecuteCodeStream")
            .WithSummary("Run code and stream its events")
            .WithDescription(
                "Runs Python and sends its events as they happen, as server-sent events. "
                    + "The last one is `finished`. The execution goes on if "
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
    }

    private static RouteHandlerBuilder TakesCode(this RouteHandlerBuilder endpoint) =>
        endpoint
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .Accepts<ExecuteBody>(MediaTypeNames.Application.Json)
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage);

    private static async Task<ExecutionResultBody> ExecuteAsync(
        HttpRequest request,
        JsonBodyReader bodies,
        ExecutionService executions,
        CancellationToken cancellationToken
    )
    {
        var caller = WaitingCaller.Any with { Context = request.HttpContext, Accepted = _ => LeaveLarge(request) };
        return ExecutionBodyMapping.ToBody(
            await executions.ExecuteAsync(await ReadAsync(request, bodies, cancellationToken), caller, cancellationToken)
        );
    }

    private static async Task<IResult> StreamAsync(
        HttpRequest request,
        JsonBodyReader bodies,
        ExecutionService executions,
        CancellationToken cancellationToken
    )
    {
        var events = await executions.StreamAsync(
            await ReadAsync(request, bodies, cancellationToken),
            request.HttpContext,
            cancellationToken
        );
        await LeaveLarge(request);
        return EventStream.For(request.HttpContext, events);
    }

    private static async Task<IResult> SubmitAsync(
        HttpRequest request,
        JsonBodyReader bodies,
        ExecutionService executions,
        CancellationToken cancellationToken
    ) => Accepted(await executions.SubmitAsync(await ReadAsync(request, bodies, cancellationToken), ExecutionMode.Live, cancellationToken));

    private static async Task<IResult> SubmitInteractiveAsync(
        HttpRequest request,
        JsonBodyReader bodies,
        ExecutionService executions,
        CancellationToken cancellationToken
    ) =>
        Accepted(
            await executions.SubmitAsync(await ReadAsync(request, bodies, cancellationToken), ExecutionMode.Interactive, cancellationToken)
        );

    private static async Task<ExecutionRequest> ReadAsync(HttpRequest request, JsonBodyReader bodies, CancellationToken cancellationToken)
    {
        var body = await bodies.ReadAsync<ExecuteBody>(request, cancellationToken);
        return ExecutionBodyMapping.ToRequest(body) with
        {
            UserId = request.HttpContext.UserOf(body.UserId, request.Query["user_id"]),
            CallerId = CallAuthorization.Of(request.HttpContext).CallerId,
        };
    }

    private static Task LeaveLarge(HttpRequest request)
    {
        LargeRequests.Leave(request.HttpContext);
        return Task.CompletedTask;
    }

    private static Accepted<ExecutionBody> Accepted(ExecutionRecord execution) =>
        TypedResults.Accepted($"/v1/executions/{execution.ExecutionId}?user_id={execution.UserId}", ExecutionBodyMapping.ToBody(execution));
}
