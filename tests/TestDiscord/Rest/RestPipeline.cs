using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CodeInterpreter.TestDiscord.Model;
using Microsoft.AspNetCore.Http;

namespace CodeInterpreter.TestDiscord.Rest;

/// <summary>What happens to every request before and after it is done: it is recorded, limited, and perhaps struck by a fault.</summary>
internal sealed partial class RestPipeline(Faults faults, RateLimits limits)
{
    public const string Root = "/api/v10";

    private readonly ConcurrentQueue<RecordedRequest> _requests = new();

    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value![Root.Length..];
        var headers = context.Request.Headers.ToDictionary(
            header => header.Key,
            header => header.Value.ToString(),
            StringComparer.OrdinalIgnoreCase
        );
        var recorded = new RecordedRequest(context.Request.Method, path, headers, Body.Empty);
        try
        {
            recorded = recorded with { Body = await RequestBody.ReadAsync(context.Request) };
            context.Items[typeof(Body)] = recorded.Body;
            if (!BotAgent().IsMatch(headers.GetValueOrDefault("User-Agent", "")))
                throw ApiException.Blocked();
            if (faults.Take(recorded.Method, path) is { } fault)
                await StrikeAsync(context, recorded, fault, next);
            else if (limits.Count(context, path) is { } wait)
                await RefuseAsync(context, wait, "user");
            else
                await next(context);
        }
        catch (ApiException exception)
        {
            recorded.Problems = exception.Problems;
            await WriteAsync(context, exception);
        }

        // Of a connection that breaks, the bot gets no status.
        recorded.Status = context.RequestAborted.IsCancellationRequested ? 0 : context.Response.StatusCode;
        limits.CountAnswer(recorded.Status, context.Response.Headers["X-RateLimit-Scope"]);
        _requests.Enqueue(recorded);
    }

    private async Task StrikeAsync(HttpContext context, RecordedRequest request, Fault fault, RequestDelegate next)
    {
        switch (fault)
        {
            case Fault.TooMany tooMany:
                limits.Pause(request.Method, request.Path, tooMany);
                await RefuseAsync(context, tooMany.RetryAfter, tooMany.Scope);
                break;
            case Fault.Error { Code: 0 } error:
                context.Response.StatusCode = error.Status;
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<html>upstream connect error</html>");
                break;
            case Fault.Error error:
                throw new ApiException(error.Status, error.Code, error.Message);
            case Fault.Break { AfterDoing: true }:
                context.Response.Body = Stream.Null;
                await next(context);
                context.Abort();
                break;
            default:
                context.Abort();
                break;
        }
    }

    private static Task RefuseAsync(HttpContext context, TimeSpan wait, string scope)
    {
        var headers = context.Response.Headers;
        headers["Retry-After"] = $"{Math.Ceiling(wait.TotalSeconds):0}";
        headers["X-RateLimit-Scope"] = scope;
        if (scope == "global")
            headers["X-RateLimit-Global"] = "true";
        return WriteAsync(
            context,
            429,
            new JsonObject
            {
                ["message"] = "You are being rate limited.",
                ["retry_after"] = Math.Round(wait.TotalSeconds, 3),
                ["global"] = scope == "global",
            }
        );
    }

    private static Task WriteAsync(HttpContext context, ApiException exception)
    {
        var body = new JsonObject { ["message"] = exception.Message, ["code"] = exception.Code };
        if (exception.Problems.Count > 0)
            body["errors"] = new JsonObject
            {
                ["_errors"] = new JsonArray([
                    .. exception.Problems.Select(problem => new JsonObject { ["code"] = "INVALID", ["message"] = problem }),
                ]),
            };
        return WriteAsync(context, exception.Status, body);
    }

    private static Task WriteAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(body);
    }

    [GeneratedRegex(@"^DiscordBot \(\S+, \S+\)")]
    private static partial Regex BotAgent();
}
