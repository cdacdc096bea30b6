using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CodeInterpreter.Execution.V1;
using Google.Protobuf;

namespace CodeInterpreter.EndToEnd.Tests.Documentation;

/// <summary>docs/api.md is true: its examples do what it says, its tables have what there is.</summary>
public sealed partial class ApiPageTests(StandaloneFixture product)
{
    private const string Boundary = "-=- end of the example -=-";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ShellExamples_InOrder_PrintWhatThePageSays()
    {
        var examples = ApiPage.Examples.Where(example => example is { Language: "sh", IsGrpcurl: false }).ToList();

        var printed = await RunAsync(
            "bash",
            "set -e\n" + string.Concat(examples.Select(example => $"{example.Text}\nprintf '\\n{Boundary}\\n'\n"))
        );

        var parts = printed.Split(Boundary);
        parts.Length.ShouldBe(examples.Count + 1, printed);
        examples.Count(example => (example.Prints ?? example.PrintsJson) is not null).ShouldBeGreaterThan(10);
        foreach (var (part, example) in parts.Zip(examples))
            part.ShouldPrint(example);
    }

    [Fact]
    public async Task PythonExample_PrintsWhatThePageSays()
    {
        var example = ApiPage.Examples.Single(example => example.Language == "python");

        (await RunAsync("python3", example.Text)).ShouldPrint(example);
    }

    [Fact]
    public async Task CSharpExample_CompiledHere_PrintsWhatThePageSays()
    {
        var example = ApiPage.Examples.Single(example => example.Language == "csharp");
        var source = await File.ReadAllTextAsync(PathOfExample(), Token);
        var body = source.Split("RunAsync()\n    {\n")[1].Split("\n    }\n")[0] + "\n";

        Indent().Replace(body, "").ShouldBe(example.Text);
        CSharpExample.GrpcChannel.Product = product.GrpcAddress;
        await CSharpExample.RunAsync();
        CSharpExample.Console.Printed.ShouldPrint(example);
    }

    [Fact]
    public void GrpcurlExamples_AreValidRequests()
    {
        var examples = ApiPage.Examples.Where(example => example.IsGrpcurl).ToList();

        foreach (var example in examples)
        {
            var call = Grpcurl().Match(example.Text);
            call.Success.ShouldBeTrue(example.Text);
            var method = ExecutionReflection
                .Descriptor.Services.Single(service => service.FullName == call.Groups["service"].Value)
                .FindMethodByName(call.Groups["method"].Value)
                .ShouldNotBeNull(example.Text);
            var messages = Split(call.Groups["json"].Value).Select(json => JsonParser.Default.Parse(json, method.InputType)).ToList();
            messages.Count.ShouldBe(method.IsClientStreaming ? 2 : 1);
        }

        examples.Count.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void TableOfCalls_HasAllCalls() =>
        ApiPage
            .Table("Calls")
            .Select(row => row[1].Trim('`'))
            .ShouldBe(
                new[]
                {
                    ExecutionReflection.Descriptor,
                    Files.V1.FilesReflection.Descriptor,
                    Files.V1.LinksReflection.Descriptor,
                    Environments.V1.EnvironmentReflection.Descriptor,
                    Users.V1.UsersReflection.Descriptor,
                }
                    .SelectMany(file => file.Services)
                    .SelectMany(service => service.Methods.Select(method => $"{service.Name}/{method.Name}")),
                ignoreOrder: true
            );

    [Fact]
    public async Task TableOfLimits_HasAllLimitsAndTheirMaxima()
    {
        var rows = ApiPage.Table("Limits").ToDictionary(row => row[0].Trim('`'), row => row[2]);

        rows.Keys.ShouldBe(ExecutionLimits.Descriptor.Fields.InDeclarationOrder().Select(field => field.Name));
        foreach (var (limit, maximum) in rows)
        {
            var numbers = Number().Matches(maximum).Select(match => long.Parse(match.Value, null)).ToList();
            (await RefusalAsync(limit, numbers[0] + 1)).ShouldContain($"at most {numbers[0]}, ");
            if (numbers.Count > 1)
                (await RefusalAsync(limit, numbers[1] - 1)).ShouldContain($"at least {numbers[1]} ");
        }
    }

    [Fact]
    public void TableOfOutcomes_HasAllOutcomes()
    {
        var rows = ApiPage.Table("Outcomes").ToList();

        rows.Select(row => row[0].Trim('`')).ShouldBe(Names<Outcome>());
        rows.SelectMany(row => Word().Matches(row[1]).Select(match => match.Value))
            .Distinct()
            .ShouldBe(Names<KilledBy>(), ignoreOrder: true);
        Names<SkipReason>().ShouldAllBe(reason => ApiPage.Text.Contains($"`{reason}`"));
    }

    [Fact]
    public void TableOfEvents_HasAllEvents() =>
        ApiPage
            .Table("Events")
            .SelectMany(row => Word().Matches(row[0]).Select(match => match.Value))
            .ShouldBe(ExecutionEvent.Descriptor.Oneofs.Single().Fields.Select(field => field.Name));

    [Fact]
    public async Task FieldsOfARequest_AreAllDescribed() =>
        ApiPage
            .Table("Request fields")
            .Select(row => row[0].Trim('`'))
            .ShouldBe(
                (await product.Http.GetFromJsonAsync<JsonObject>("/openapi/v1.json", Token))!["components"]!["schemas"]!["ExecuteRequest"]![
                    "properties"
                ]!
                    .AsObject()
                    .Select(property => property.Key),
                ignoreOrder: true
            );

    private static string PathOfExample([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "CSharpExample.cs");

    private static IEnumerable<string> Names<T>()
        where T : struct, Enum => Enum.GetNames<T>().Where(name => name != "Unspecified");

    private static List<string> Split(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowMultipleValues = true });
        var messages = new List<string>();
        while (reader.Read())
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            messages.Add(Encoding.UTF8.GetString(bytes[start..(int)reader.BytesConsumed]));
        }

        return messages;
    }

    private async Task<string> RefusalAsync(string limit, long value)
    {
        using var answer = await product.Http.PostAsJsonAsync(
            "/v1/executions",
            new
            {
                user_id = "me",
                code = "print(1)",
                limits = new Dictionary<string, long> { [limit] = value },
            },
            Token
        );
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!;
        return problem["errors"]!["limits." + limit]![0]!.GetValue<string>();
    }

    /// <summary>Runs an example, against the product of this test, in an empty directory.</summary>
    private async Task<string> RunAsync(string interpreter, string text)
    {
        var directory = Directory.CreateTempSubdirectory("code-interpreter-test-").FullName;
        try
        {
            var file = Path.Combine(directory, "example");
            await File.WriteAllTextAsync(file, text.Replace("127.0.0.1:8080", product.Http.BaseAddress!.Authority), Token);
            using var process = Process.Start(
                new ProcessStartInfo(interpreter, [file])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    WorkingDirectory = directory,
                }
            )!;
            var error = process.StandardError.ReadToEndAsync(Token);
            var output = await process.StandardOutput.ReadToEndAsync(Token);
            await process.WaitForExitAsync(Token);
            process.ExitCode.ShouldBe(0, output + await error);
            return output;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [GeneratedRegex(@"\Agrpcurl -plaintext -d '(?<json>[^']+)' \\\n  127\.0\.0\.1:8081 (?<service>[\w.]+)/(?<method>\w+)\n\z")]
    private static partial Regex Grpcurl();

    [GeneratedRegex("^        ", RegexOptions.Multiline)]
    private static partial Regex Indent();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
