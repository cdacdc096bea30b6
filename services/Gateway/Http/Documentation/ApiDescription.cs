using CodeInterpreter.Gateway.Access.Callers;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CodeInterpreter.Gateway.Http.Documentation;

/// <summary>Describes the API as a whole in the OpenAPI document.</summary>
internal static class ApiDescription
{
    public const string Title = "Code Interpreter";

    private const string Text = """
        Runs untrusted Python in a throwaway container, returns its output, and keeps every file that it wrote for 48 hours.

        A failure of the code is part of its result, never an HTTP error. Errors are `application/problem+json` (RFC 9457).
        For an invalid request (400), `errors` names each invalid field. Unknown fields are errors, so that a misspelt one is
        noticed. Files and executions of other users are reported as not found (404).

        If the operator requires credentials, a request without them returns 401, and a request for another user than the one
        of the credentials returns 403. Too many requests return 429 with `Retry-After`.

        The same API is available over gRPC, with server reflection.
        """;

    public static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = Title,
            Version = "v1",
            Description = Text,
        };
        // Without servers, clients send requests to the address from which they got the document.
        document.Servers = [];
        document.Tags = new HashSet<OpenApiTag>
        {
            new() { Name = "Executions", Description = "Run code and get results." },
            new() { Name = "Files", Description = "Files that code reads and writes." },
            new() { Name = "Environment", Description = "What is installed in the sandboxes." },
        };
        AddCredentials(document);
        return Task.CompletedTask;
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
