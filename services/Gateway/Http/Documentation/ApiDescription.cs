using CodeInterpreter.Gateway.Access.Callers;
using CodeInterpreter.Gateway.Files.Links;
using CodeInterpreter.Gateway.Http.Executions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace CodeInterpreter.Gateway.Http.Documentation;

/// <summary>Describes the API as a whole in the OpenAPI document.</summary>
internal static class ApiDescription
{
    public const string Title = "Code Interpreter";

    private const string Text = """
        Runs untrusted Python in a throwaway container, returns its output, and keeps every file that it wrote for 48 hours.

        A failure of the code is part of its result, never an HTTP error. Errors are `application/problem+json` (RFC 9457).
        `code` tells them apart for programs. For an invalid request (400), `errors` names each invalid field. Unknown fields are
        errors, so that a misspelt one is noticed. Files and executions of other users are reported as not found (404).

        If the operator requires credentials, a request without them returns 401, and a request for another user than the one
        of the credentials returns 403. Too many requests return 429 with `Retry-After`.

        The same API is available over gRPC, with server reflection.
        """;

    public static async Task Describe(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        document.Info = new OpenApiInfo
        {
            Title = Title,
            Version = "v1",
            Description = Text,
            License = new OpenApiLicense { Name = "Apache 2.0", Identifier = "Apache-2.0" },
        };
        document.Servers = [new OpenApiServer { Url = AddressOf(document, context).TrimEnd('/') }];
        document.Tags = new HashSet<OpenApiTag>
        {
            new() { Name = "Executions", Description = "Run code and get results." },
            new() { Name = "Files", Description = "Files that code reads and writes." },
            new() { Name = "Users", Description = "All data of a user." },
            new() { Name = "Environment", Description = "What is installed in the sandboxes." },
        };
        AddCredentials(document);
        await AddEventAsync(document, context, cancellationToken);
    }

    /// <summary>Where the operator says that clients reach the API, or the address from which this client got the document.</summary>
    private static string AddressOf(OpenApiDocument document, OpenApiDocumentTransformerContext context) =>
        context.ApplicationServices.GetRequiredService<IOptions<FileLinkOptions>>().Value.BaseAddress?.ToString()
        ?? document.Servers?.FirstOrDefault()?.Url
        ?? "/";

    /// <summary>Streams are described as text, so no operation refers to the type of their events.</summary>
    private static async Task AddEventAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var schema = await context.GetOrCreateSchemaAsync(typeof(ExecutionEventBody), cancellationToken: cancellationToken);
        document.AddComponent("ExecutionEvent", schema);
    }

    private static void AddCredentials(OpenApiDocument document)
    {
        document.AddComponent<IOpenApiSecurityScheme>(
            "bearer",
            new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API key, `ci_...`, or a token of the operator's identity provider.",
            }
        );
        document.AddComponent<IOpenApiSecurityScheme>(
            "apiKey",
            new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = Credentials.KeyHeader,
                Description = "An API key, for clients that cannot set Authorization.",
            }
        );
        document.Security =
        [
            new() { [new OpenApiSecuritySchemeReference("bearer", document)] = [] },
            new() { [new OpenApiSecuritySchemeReference("apiKey", document)] = [] },
        ];
    }
}
