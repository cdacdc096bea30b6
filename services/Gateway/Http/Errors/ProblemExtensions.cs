namespace CodeInterpreter.Gateway.Http.Errors;

/// <summary>Errors of the HTTP API as problem documents.</summary>
internal static class ProblemExtensions
{
    private const string TraceId = "trace_id";

    public static void AddProblems(this IServiceCollection services)
    {
        // Errors name what callers can act on; traces are for operators.
        services.AddProblemDetails(options =>
            options.CustomizeProblemDetails = problem => problem.ProblemDetails.Extensions.Remove(TraceId)
        );
        services.AddExceptionHandler<ProblemExceptionHandler>();
    }

    /// <summary>Adds a body to responses of the API that have only a status, such as 404 and 405.</summary>
    public static void UseProblems(this IApplicationBuilder api)
    {
        api.UseMiddleware<BrokenResponseMiddleware>();
        api.UseStatusCodePages(pages => Problems.ForStatus(pages.HttpContext).ExecuteAsync(pages.HttpContext));
    }
}
