using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CodeInterpreter.TestDiscord.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeInterpreter.TestDiscord.Files;

/// <summary>Serves attachments at signed addresses that expire, as cdn.discordapp.com does.</summary>
internal sealed class FileHost(TimeProvider time, DiscordSettings settings)
{
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _files = new();
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private int _downloads;

    /// <summary>Where the host is reached, without a slash at its end.</summary>
    public string Address { get; set; } = "";

    /// <summary>How often a file was fetched.</summary>
    public int Downloads => _downloads;

    /// <summary>Keeps a file and returns its address.</summary>
    public Uri Add(string channelId, string id, string name, byte[] bytes) =>
        Add(channelId, id, name, context => context.Response.Body.WriteAsync(bytes).AsTask());

    /// <summary>Keeps an address at which something else happens than a file.</summary>
    public Uri Add(string channelId, string id, string name, Func<HttpContext, Task> serve)
    {
        var path = $"/attachments/{channelId}/{id}/{Uri.EscapeDataString(name)}";
        _files[$"{channelId}/{id}"] = serve;
        var now = time.GetUtcNow();
        var (issued, expires) = (Hex(now), Hex(now + settings.FileLifetime));
        return new Uri($"{Address}{path}?ex={expires}&is={issued}&hm={Sign(channelId, id, expires, issued)}&");
    }

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(
            "/attachments/{channel}/{id}/{name}",
            async (string channel, string id, string? ex, string? @is, string? hm, HttpContext context) =>
            {
                Interlocked.Increment(ref _downloads);
                if (
                    hm != Sign(channel, id, ex, @is)
                    || long.Parse(ex!, NumberStyles.HexNumber, CultureInfo.InvariantCulture) < time.GetUtcNow().ToUnixTimeSeconds()
                    || !_files.TryGetValue($"{channel}/{id}", out var serve)
                )
                {
                    context.Response.StatusCode = 404;
                    await context.Response.WriteAsync("This content is no longer available.");
                    return;
                }

                context.Response.ContentType = "application/octet-stream";
                await serve(context);
            }
        );

    private static string Hex(DateTimeOffset moment) => moment.ToUnixTimeSeconds().ToString("x", CultureInfo.InvariantCulture);

    private string Sign(string channel, string id, string? expires, string? issued) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{channel}/{id}/{expires}/{issued}")));
}
