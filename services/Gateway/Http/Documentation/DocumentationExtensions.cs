using Scalar.AspNetCore;

namespace CodeInterpreter.Gateway.Http.Documentation;

/// <summary>The pages that explain the API. They need nothing from outside: a cluster may have no way there.</summary>
internal static class DocumentationExtensions
{
    private const string DocumentName = "v1";

    // Whatever the page's script would like to load: it gets it from here or not at all.
    private const string NothingFromOutside = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:";

    public static void AddApiDocumentation(this IServiceCollection services) =>
        services.AddOpenApi(
            DocumentName,
            options =>
            {
                options.ShouldInclude = description => description.RelativePath?.StartsWith("v1/", StringComparison.Ordinal) == true;
                options.CreateSchemaReferenceId = Schemas.NameOf;
                options.AddDocumentTransformer(ApiDescription.Describe);
                options.AddSchemaTransformer(Schemas.LeaveRoom);
                options.AddOperationTransformer(OperationDetails.Add);
            }
        );

    public static void MapApiDocumentation(this WebApplication app)
    {
        app.MapOpenApi();
        app.MapScalarApiReference(
                "/docs",
                options =>
                {
                    options.Title = ApiDescription.Title;
                    options.AddDocument(DocumentName);
                    options.DefaultFonts = false;
                    options.Telemetry = false;
                    options.ProxyUrl = null;
                    options.DisableAgent();
                    options.DisableMcp();
                    options.HideClientButton();
                    options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
                }
            )
            .AddEndpointFilter(
                (context, next) =>
                {
                    context.HttpContext.Response.Headers.ContentSecurityPolicy = NothingFromOutside;
                    return next(context);
                }
            );
        app.MapGet("/", LandingPage.Show).ExcludeFromDescription();
    }
}
