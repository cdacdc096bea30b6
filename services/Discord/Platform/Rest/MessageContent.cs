using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CodeInterpreter.Discord.Platform.Json;
using CodeInterpreter.Discord.Platform.Messages;

namespace CodeInterpreter.Discord.Platform.Rest;

/// <summary>A message as the body of a call: JSON, or JSON and files in several parts.</summary>
internal static class MessageContent
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue Bytes = new("application/octet-stream");

    public static HttpContent OfJson(byte[] json) => new ByteArrayContent(json) { Headers = { ContentType = Json } };

    public static async Task<HttpContent> OfAsync(MessageBody message, IReadOnlyList<FilePart> files, CancellationToken cancellationToken)
    {
        var json = OfJson(JsonSerializer.SerializeToUtf8Bytes(WithFiles(message, files), DiscordJson.Default.MessageBody));
        if (files.Count == 0)
            return json;

        var parts = new MultipartFormDataContent();
        try
        {
            Add(parts, json, "payload_json", fileName: null);
            for (var i = 0; i < files.Count; i++)
            {
                var content = new StreamContent(await files[i].OpenAsync(cancellationToken));
                content.Headers.ContentType = Bytes;
                content.Headers.ContentLength = files[i].Length;
                Add(parts, content, $"files[{i}]", InHeader(files[i].Name));
            }

            return parts;
        }
        catch
        {
            parts.Dispose();
            throw;
        }
    }

    private static MessageBody WithFiles(MessageBody message, IReadOnlyList<FilePart> files) =>
        files.Count == 0
            ? message
            : message with
            {
                Attachments =
                [
                    .. message.Attachments ?? [],
                    .. files.Select(
                        (file, i) => new AttachmentEntry(i.ToString(CultureInfo.InvariantCulture), file.Name, file.Description)
                    ),
                ],
            };

    private static void Add(MultipartFormDataContent parts, HttpContent content, string name, string? fileName)
    {
        content.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data")
        {
            Name = $"\"{name}\"",
            FileName = fileName is null ? null : $"\"{fileName}\"",
        };
        parts.Add(content);
    }

    // Headers have no other characters; the JSON has the name as it is.
    private static string InHeader(string name)
    {
        var safe = new StringBuilder(name.Length);
        foreach (var character in name)
            safe.Append(char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_' ? character : '_');
        return safe.ToString();
    }
}
