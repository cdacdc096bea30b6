using CodeInterpreter.Gateway.Access;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CodeInterpreter.Gateway.Http.Documentation;

/// <summary>What the document says about the API as a whole.</summary>
internal static class ApiDescription
{
    public const string Title = "Code Interpreter";

    private const string Text = """
        Runs Python that nobody has read in a throwaway container, returns what it printed, and keeps every file it made for
        48 hours.

        How the code ends is a value of the result, never an HTTP error. Errors are `application/problem+json` (RFC 9457);
        a request that is not valid (400) names each wrong field in `errors`. Fields the API does not know are refused, so
        that a misspelt one is noticed. Files and executions of other users answer as ones that never existed (404).

        Where the operator asks for credentials, requests without them answer 401, and those for another user than the
        credentials are for 403. Whoever asks too often gets 429 and `Retry-After`.

        The same API is there over gRPC, described by server reflection.
        """;

    public static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = Title,
            Version = "v1",
            Description = Text,
        };
        // Requests go to where the document came from, whatever stands between.
        document.Servers = [];
        document.Tags = new HashSet<OpenApiTag>
        {
            new() { Name = "Executions", Description = "Run code, and ask for results again." },
            new() { Name = "Files", Description = "Files that code reads and writes." },
            new() { Name = "Environment", Description = "What code finds in a sandbox." },
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
