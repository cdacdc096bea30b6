using System.Text.Json;
using CodeInterpreter.Discord.Bot.Requests;

namespace CodeInterpreter.Discord.Tests.Bot.Requests;

internal static class RequestComparison
{
    /// <summary>Compares all that they have, lists by their items.</summary>
    public static void ShouldBeLike(this StoredRequest? request, StoredRequest expected) =>
        JsonSerializer.Serialize(request).ShouldBe(JsonSerializer.Serialize(expected));
}
