using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CodeInterpreter.TestDiscord.Model;

namespace CodeInterpreter.TestDiscord.Delivery;

/// <summary>Posts signed interactions to the endpoint of an application.</summary>
internal sealed class HttpDelivery(Signer signer, TimeProvider time) : IDisposable
{
    private readonly HttpClient _http = new();

    /// <summary>Posts an interaction, and returns the status and what came back.</summary>
    public async Task<(int Status, Body Body)> PostAsync(Uri endpoint, JsonObject interaction)
    {
        using var request = Sign(endpoint, Encoding.UTF8.GetBytes(interaction.ToJsonString()));
        using var response = await _http.SendAsync(request);
        return ((int)response.StatusCode, await ReadAsync(response.Content));
    }

    /// <summary>Does what the developer portal does with a new address: it has to answer a ping, and to refuse a wrong signature.</summary>
    /// <exception cref="InvalidOperationException">The portal would not take the address.</exception>
    public async Task CheckEndpointAsync(Uri endpoint, JsonObject ping)
    {
        var body = Encoding.UTF8.GetBytes(ping.ToJsonString());
        using var wrong = Sign(endpoint, body);
        wrong.Headers.Remove("X-Signature-Ed25519");
        wrong.Headers.Add("X-Signature-Ed25519", signer.Sign("0", body));
        using var refused = await _http.SendAsync(wrong);
        if ((int)refused.StatusCode != 401)
            throw new InvalidOperationException($"{endpoint} answers a wrong signature with {(int)refused.StatusCode}.");
        using var right = Sign(endpoint, body);
        using var response = await _http.SendAsync(right);
        var answer = await ReadAsync(response.Content);
        if ((int)response.StatusCode != 200 || answer.Json.Number("type") != 1)
            throw new InvalidOperationException($"{endpoint} does not answer a ping: {(int)response.StatusCode} {answer.Json}");
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Sign(Uri endpoint, byte[] body)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("User-Agent", "Discord-Interactions/1.0 (+https://discord.com)");
        request.Headers.Add("X-Signature-Ed25519", signer.Sign(timestamp, body));
        request.Headers.Add("X-Signature-Timestamp", timestamp);
        return request;
    }

    private static async Task<Body> ReadAsync(HttpContent content)
    {
        var bytes = await content.ReadAsByteArrayAsync();
        return bytes.Length == 0 ? Body.Empty : new Body(JsonNodes.TryParse(bytes), []);
    }
}
