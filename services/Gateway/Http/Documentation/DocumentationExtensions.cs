using Scalar.AspNetCore;

namespace CodeInterpreter.Gateway.Http.Documentation;

/// <summary>The pages that document the API. They load nothing from other hosts, because a cluster may have no internet access.</summary>
internal static class DocumentationExtensions
{
    private const string DocumentName = "v1";

    // Keeps the script of the page from loading anything from other hosts.
    private const string OwnHostOnly = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:";

    public static void AddApiDocumentation(this IServiceCollection services) =>
        services.AddOpenApi(
            DocumentName,
            options =>
            {
                options.ShouldInclude = description => description.RelativePath?.StartsWith("v1/", StringComparison.Ordinal) == true;
                options.CreateSchemaReferenceId = Schemas.NameOf;
                options.AddDocumentTransformer(ApiDescription.Describe);
                options.AddSchemaTransformer(Schemas.Complete);
                options.AddOperationTransformer(OperationDetails.Add);
            }
        );

    public static void MapApiDocumentation(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
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
            .AllowAnonymous()
            .AddEndpointFilter(
                (context, next) =>
                {
                    context.HttpContext.Response.Headers.ContentSecurityPolicy = OwnHostOnly;
                    return next(context);
                }
            );
        app.MapGet("/", LandingPage.Show).AllowAnonymous().ExcludeFromDescription();
    }
}
