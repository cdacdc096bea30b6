using System.Reflection;
using System.Runtime.Loader;
using CodeInterpreter.Gateway.Tests.Hosting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;

namespace CodeInterpreter.Gateway.Tests.Api;

/// <summary>A client that NSwag generates from the document compiles, and runs code.</summary>
public sealed class GeneratedClientTests(GatewayFixture fixture)
{
    private const string Program = """
        namespace Generated;

        public static class Program
        {
            public static async System.Threading.Tasks.Task<string> RunAsync(System.Net.Http.HttpClient http, string user)
            {
                var client = new CodeInterpreterClient(http);
                var result = await client.ExecuteCodeAsync(new ExecuteRequest
                {
                    User_id = user,
                    Code = "print(6 * 7)",
                    Limits = new ExecutionLimits { Wall_time_seconds = 10 },
                });
                var execution = await client.GetExecutionAsync(result.Execution_id, user);
                try
                {
                    await client.ExecuteCodeAsync(new ExecuteRequest { User_id = user, Code = "1", Language = (ExecuteRequestLanguage)99 });
                    return "accepted";
                }
                catch (ApiException<ValidationProblem> exception)
                {
                    var fields = string.Join(" ", exception.Result.Errors.Keys);
                    return $"{result.Outcome} {execution.Status} {exception.Result.Code} {fields}";
                }
            }
        }
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NSwagClient_Compiles_AndRunsCode()
    {
        var client = await GenerateAsync();

        var run = Compile(client)
            .GetType("Generated.Program")!
            .GetMethod("RunAsync")!
            .CreateDelegate<Func<HttpClient, string, Task<string>>>();

        (await run(fixture.Gateway.Http, GatewayFixture.NewUser())).ShouldBe("Succeeded Finished INVALID_ARGUMENT language");
    }

    private async Task<string> GenerateAsync()
    {
        var document = await OpenApiDocument.FromJsonAsync(await fixture.Gateway.Http.GetStringAsync("/openapi/v1.json", Token), Token);
        var settings = new CSharpClientGeneratorSettings
        {
            ClassName = "CodeInterpreterClient",
            GenerateOptionalParameters = true,
            CSharpGeneratorSettings =
            {
                Namespace = "Generated",
                JsonLibrary = CSharpJsonLibrary.SystemTextJson,
                GenerateNullableReferenceTypes = true,
                GenerateOptionalPropertiesAsNullable = true,
            },
        };
        return new CSharpClientGenerator(document, settings).GenerateFile();
    }

    private static Assembly Compile(params string[] client)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            "Generated",
            [.. client.Append(Program).Select(source => CSharpSyntaxTree.ParseText(source, cancellationToken: Token))],
            platform.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );
        using var assembly = new MemoryStream();
        var emitted = compilation.Emit(assembly, cancellationToken: Token);
        emitted.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        assembly.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(assembly);
    }
}
