using CodeInterpreter.Gateway.Access.Callers;
using CodeInterpreter.ServiceDefaults.Settings;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace CodeInterpreter.Gateway.Http.Access;

/// <summary>Cross-origin requests, for the origins that the operator lists.</summary>
internal static class CrossOriginExtensions
{
    private static readonly TimeSpan PreflightLifetime = TimeSpan.FromHours(1);

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Delete];

    private static readonly string[] RequestHeaders =
    [
        HeaderNames.Authorization,
        HeaderNames.ContentType,
        HeaderNames.IfNoneMatch,
        HeaderNames.IfRange,
        HeaderNames.Range,
        "Last-Event-ID",
        Credentials.KeyHeader,
    ];

    private static readonly string[] ResponseHeaders =
    [
        HeaderNames.ContentDisposition,
        HeaderNames.ContentRange,
        HeaderNames.ETag,
        HeaderNames.Location,
        HeaderNames.RetryAfter,
        "RateLimit",
        "RateLimit-Policy",
    ];

    public static void AddCrossOrigin(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<CrossOriginOptions>, CrossOriginRules>();
        services.AddSettings<CrossOriginOptions>(CrossOriginOptions.Section).ValidateOnStart();
        services.AddCors();
        services
            .AddOptions<CorsOptions>()
            .Configure<IOptions<CrossOriginOptions>>(
                (cors, allowed) =>
                    cors.AddDefaultPolicy(policy =>
                        policy
                            .WithOrigins([.. allowed.Value.Origins])
                            .WithMethods(Methods)
                            .WithHeaders(RequestHeaders)
                            .WithExposedHeaders(ResponseHeaders)
                            .SetPreflightMaxAge(PreflightLifetime)
                    )
            );
    }

    public static void UseCrossOrigin(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<CrossOriginOptions>>().Value.Origins.Count > 0)
            app.UseWhen(context => context.Request.Path.StartsWithSegments("/v1"), api => api.UseCors());
    }
}
