using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.ServiceDefaults.Errors;
using Microsoft.AspNetCore.WebUtilities;

namespace CodeInterpreter.Gateway.Http.Errors;

/// <summary>Errors as problem+json (RFC 9457).</summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";

    public static int StatusOf(GatewayErrorKind kind) =>
        kind switch
        {
            GatewayErrorKind.InvalidRequest => StatusCodes.Status400BadRequest,
            GatewayErrorKind.Unauthenticated => StatusCodes.Status401Unauthorized,
            GatewayErrorKind.Forbidden => StatusCodes.Status403Forbidden,
            GatewayErrorKind.NotFound => StatusCodes.Status404NotFound,
            GatewayErrorKind.Expired => StatusCodes.Status410Gone,
            GatewayErrorKind.QuotaExceeded or GatewayErrorKind.StorageFull => StatusCodes.Status507InsufficientStorage,
            GatewayErrorKind.KeyTaken or GatewayErrorKind.NotRunning or GatewayErrorKind.StillRunning => StatusCodes.Status409Conflict,
            GatewayErrorKind.UploadStalled => StatusCodes.Status408RequestTimeout,
            GatewayErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
            GatewayErrorKind.UnsupportedMediaType => StatusCodes.Status415UnsupportedMediaType,
            GatewayErrorKind.OutOfRange => StatusCodes.Status416RangeNotSatisfiable,
            GatewayErrorKind.ContentMismatch => StatusCodes.Status422UnprocessableEntity,
            GatewayErrorKind.ContentLost => StatusCodes.Status500InternalServerError,
            GatewayErrorKind.Overloaded or GatewayErrorKind.LimitReached => StatusCodes.Status429TooManyRequests,
            GatewayErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
            GatewayErrorKind.ExecutionUnfinished => StatusCodes.Status504GatewayTimeout,
            _ => StatusCodes.Status500InternalServerError,
        };

    public static IResult For(GatewayException exception)
    {
        if (exception.Kind == GatewayErrorKind.InvalidRequest)
        {
            var errors = exception
                .Violations.GroupBy(violation => violation.Field)
                .ToDictionary(field => field.Key, field => field.Select(violation => violation.Description).ToArray());
            return TypedResults.ValidationProblem(errors, title: exception.Message, extensions: WithCode(ErrorReasons.Of(exception.Kind)));
        }

        var extensions = WithCode(ErrorReasons.Of(exception.Kind));
        if (exception.ExecutionId is not null)
            extensions["execution_id"] = exception.ExecutionId;
        return TypedResults.Problem(exception.Message, statusCode: StatusOf(exception.Kind), extensions: extensions);
    }

    /// <summary>The problem for a response with an error status and no body.</summary>
    public static IResult ForStatus(HttpContext context) =>
        ForStatus(
            context.Response.StatusCode,
            $"{context.Request.Method} {ErrorText.Shorten(context.Request.Path.ToString(), 200)}: {ReasonOf(context.Response.StatusCode)}"
        );

    public static IResult ForStatus(int status, string detail) =>
        status == StatusCodes.Status400BadRequest
            ? For(GatewayException.Invalid("body", detail))
            : TypedResults.Problem(detail, statusCode: status, extensions: WithCode(CodeOf(status)));

    // Statuses that the server or the framework sets. Their names serve where no error of the gateway has the status.
    private static string CodeOf(int status) =>
        status switch
        {
            StatusCodes.Status401Unauthorized => ErrorReasons.Of(GatewayErrorKind.Unauthenticated),
            StatusCodes.Status403Forbidden => ErrorReasons.Of(GatewayErrorKind.Forbidden),
            StatusCodes.Status404NotFound => ErrorReasons.Of(GatewayErrorKind.NotFound),
            StatusCodes.Status413PayloadTooLarge => ErrorReasons.Of(GatewayErrorKind.TooLarge),
            StatusCodes.Status415UnsupportedMediaType => ErrorReasons.Of(GatewayErrorKind.UnsupportedMediaType),
            StatusCodes.Status500InternalServerError => ErrorReasons.Internal,
            _ => ReasonPhrases.GetReasonPhrase(status).ToUpperInvariant().Replace(' ', '_').Replace('-', '_'),
        };

    private static Dictionary<string, object?> WithCode(string code) => new() { ["code"] = code };

    private static string ReasonOf(int status) =>
        status == StatusCodes.Status415UnsupportedMediaType
            ? "The body must be application/json in UTF-8, for files multipart/form-data."
            : ReasonPhrases.GetReasonPhrase(status) + '.';
}
