using System.Globalization;
using System.Text;
using CodeInterpreter.TestDiscord.Model;
using Microsoft.AspNetCore.Http;

namespace CodeInterpreter.TestDiscord.Rest;

/// <summary>Reads JSON, or the JSON and the files of a multipart body.</summary>
internal static class RequestBody
{
    /// <exception cref="ApiException">The body is neither.</exception>
    public static async Task<Body> ReadAsync(HttpRequest request)
    {
        if (request.HasFormContentType)
            return await ReadFormAsync(request);

        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer);
        if (buffer.Length == 0)
            return Body.Empty;
        if (request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
            throw ApiException.InvalidJson();
        return new Body(Parse(buffer.ToArray()), []);
    }

    private static async Task<Body> ReadFormAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var files = new List<Part>();
        foreach (var file in form.Files)
        {
            // files[0], files[1] and so on.
            var number = file.Name.StartsWith("files[", StringComparison.Ordinal) ? file.Name["files[".Length..^1] : "";
            if (!int.TryParse(number, CultureInfo.InvariantCulture, out var index))
                throw new ApiException(400, 50035, "Invalid Form Body", [$"a part is called {file.Name}"]);
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes);
            files.Add(new Part(index, file.FileName, file.ContentType, bytes.ToArray()));
        }

        var unknown = form.Keys.Where(key => key != "payload_json").ToList();
        if (unknown.Count > 0)
            throw new ApiException(400, 50035, "Invalid Form Body", [$"a part is called {unknown[0]}"]);
        return new Body(form.TryGetValue("payload_json", out var json) ? Parse(Encoding.UTF8.GetBytes(json.ToString())) : null, files);
    }

    private static System.Text.Json.Nodes.JsonNode Parse(byte[] json) => JsonNodes.TryParse(json) ?? throw ApiException.InvalidJson();
}
