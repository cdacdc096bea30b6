using System.Text.Json.Nodes;

namespace CodeInterpreter.TestDiscord.Model;

/// <summary>An application of the developer portal, with its bot.</summary>
internal sealed record Application(string Id, string Token, string PublicKey)
{
    public const string Name = "Code Interpreter";

    public JsonObject ToUser() => new Person(Id, Name) { IsBot = true }.ToUser();

    public JsonObject ToJson() =>
        new()
        {
            ["id"] = Id,
            ["name"] = Name,
            ["icon"] = null,
            ["description"] = "",
            ["summary"] = "",
            ["bot_public"] = true,
            ["bot_require_code_grant"] = false,
            ["verify_key"] = PublicKey,
            ["flags"] = 0,
            ["bot"] = ToUser(),
        };
}
