using System.Text.Json;
using CodeInterpreter.TestDiscord.Rest;

namespace CodeInterpreter.Discord.Tests.Judges;

/// <summary>Validates requests against the schemas of Discord's OpenAPI document.</summary>
internal static class SchemaJudge
{
    /// <summary>What is wrong with the requests that have a body.</summary>
    public static async Task<string[]> JudgeAsync(NodePackages packages, IEnumerable<RecordedRequest> requests)
    {
        var bodies = requests
            .Where(request => request.Body.Json is not null)
            .Select(request => new
            {
                method = request.Method,
                path = request.Path,
                body = request.Body.Json,
            });
        var path = await packages.WriteAsync($"{Guid.NewGuid():N}.json", JsonSerializer.Serialize(bodies));
        var (exitCode, output) = await packages.RunAsync("node", "schemas.mjs", path);
        exitCode.ShouldBe(0, output);
        return JsonSerializer.Deserialize<string[]>(output)!;
    }
}
