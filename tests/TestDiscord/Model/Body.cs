using System.Text.Json.Nodes;

namespace CodeInterpreter.TestDiscord.Model;

/// <summary>What a bot sent: JSON, and the files beside it.</summary>
internal sealed record Body(JsonNode? Json, IReadOnlyList<Part> Files)
{
    public static readonly Body Empty = new(null, []);
}
