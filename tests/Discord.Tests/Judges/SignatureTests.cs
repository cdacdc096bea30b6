using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CodeInterpreter.Discord.Platform.Http;
using CodeInterpreter.TestDiscord.Model;

namespace CodeInterpreter.Discord.Tests.Judges;

/// <summary>Signatures both ways: the stand-in signs as discord-interactions expects it, and our endpoint takes what others sign.</summary>
public sealed class SignatureTests(NodePackages packages)
{
    [Theory]
    [InlineData("""{"type":1}""")]
    [InlineData("")]
    [InlineData("\ufeff{\"text\":\"größe 🐍\"}")]
    public async Task SignaturesOfTheStandIn_AreGood_AndChangedOnesAreNot(string text)
    {
        using var node = await packages.StartAsync("signatures.mjs");
        var (signer, body) = (new Signer(), Encoding.UTF8.GetBytes(text));
        var signature = signer.Sign("1696118400", body);

        (await IsGoodAsync(node, signer, body, "1696118400", signature)).ShouldBeTrue();
        (await IsGoodAsync(node, signer, [.. body, 32], "1696118400", signature)).ShouldBeFalse("another body");
        (await IsGoodAsync(node, signer, body, "1696118401", signature)).ShouldBeFalse("another timestamp");
        (await IsGoodAsync(node, new Signer(), body, "1696118400", signature)).ShouldBeFalse("another key");
        node.StandardInput.Close();
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("""{"type":1}""")]
    [InlineData("")]
    [InlineData("\ufeff{\"text\":\"größe 🐍\"}")]
    public async Task SignaturesOfNode_AreTakenByOurEndpoint_AndChangedOnesAreNot(string text)
    {
        using var node = await packages.StartAsync("signatures.mjs");
        var (body, timestamp) = (Encoding.UTF8.GetBytes(text), "1696118400");
        var signed = await AskAsync(node, new { sign = new { body = Convert.ToBase64String(body), timestamp } });
        var (key, signature) = (InteractionSignature.WithKey(signed.Text("publicKey")!)!, signed.Text("signature")!);
        byte[] bytes = [.. Encoding.ASCII.GetBytes(timestamp), .. body];

        key.IsOf(bytes, signature).ShouldBeTrue();
        key.IsOf(bytes, signature.ToUpperInvariant()).ShouldBeTrue();
        key.IsOf([.. bytes, 32], signature).ShouldBeFalse("another body");
        key.IsOf([.. Encoding.ASCII.GetBytes("1696118401"), .. body], signature).ShouldBeFalse("another timestamp");
        key.IsOf(bytes, signature[..^1]).ShouldBeFalse("127 digits");
        InteractionSignature.WithKey(new Signer().PublicKey)!.IsOf(bytes, signature).ShouldBeFalse("another key");
        node.StandardInput.Close();
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<bool> IsGoodAsync(Process node, Signer signer, byte[] body, string timestamp, string signature)
    {
        var question = new
        {
            verify = new
            {
                body = Convert.ToBase64String(body),
                signature,
                timestamp,
                publicKey = signer.PublicKey,
            },
        };
        return (await AskAsync(node, question)).GetValue<bool>();
    }

    private static async Task<JsonNode> AskAsync(Process node, object question)
    {
        await node.StandardInput.WriteLineAsync(JsonSerializer.Serialize(question));
        await node.StandardInput.FlushAsync();
        return JsonNode.Parse((await node.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!)!;
    }
}
