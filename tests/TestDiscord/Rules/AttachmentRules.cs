using System.Globalization;
using System.Text.Json.Nodes;
using CodeInterpreter.TestDiscord.Model;

namespace CodeInterpreter.TestDiscord.Rules;

/// <summary>
/// What Discord refuses in the files of a message: its list of attachments names each part of the request and nothing else, but for
/// attachments that the message has already.
/// </summary>
internal static class AttachmentRules
{
    private const int MaxFiles = 10;
    private const long MaxRequestBytes = 25 << 20;

    /// <param name="body">The request.</param>
    /// <param name="present">The ids of the attachments that the message has already.</param>
    public static IEnumerable<string> Check(Body body, IReadOnlyCollection<string> present)
    {
        var attachments = body.Json.Items("attachments");
        var parts = body.Files.Select(file => file.Index).ToList();
        var isListed = (body.Json as JsonObject)?.ContainsKey("attachments") == true;
        var added = new List<int>();
        foreach (var attachment in attachments)
        {
            var id = IdOf(attachment);
            if (id is null)
                yield return "attachments.id: missing";
            else if (present.Contains(id))
                continue;
            else if (int.TryParse(id, CultureInfo.InvariantCulture, out var index) && parts.Contains(index))
                added.Add(index);
            else
                yield return $"attachments.id: no part files[{id}]";

            if (attachment.Has("filename") && string.IsNullOrWhiteSpace(attachment.Text("filename")))
                yield return "attachments.filename: empty";
            if (attachment.Text("description")?.Length > 1024)
                yield return "attachments.description: more than 1024 characters";
        }

        if (parts.Distinct().Count() < parts.Count || added.Distinct().Count() < added.Count)
            yield return "attachments: the same number twice";
        if (isListed && parts.Except(added).Any())
            yield return $"attachments: files[{parts.Except(added).First()}] is not listed";
        if (Math.Max(attachments.Count, parts.Count) > MaxFiles)
            yield return $"attachments: {Math.Max(attachments.Count, parts.Count)}, at most {MaxFiles}";
        foreach (var link in LinkedNames(body.Json).Except(NamesOf(body, attachments)))
            if (present.Count == 0)
                yield return $"embeds: attachment://{link} names no file of the message";
    }

    /// <summary>Whether a file, or all of them together, are larger than Discord takes.</summary>
    public static bool AreTooLarge(Body body, long sizeLimit) =>
        body.Files.Any(file => file.Bytes.Length > sizeLimit)
        || body.Files.Sum(file => (long)file.Bytes.Length) > Math.Max(sizeLimit, MaxRequestBytes);

    /// <summary>The id of an attachment: a number of a part, or the snowflake of an attachment that is there.</summary>
    public static string? IdOf(JsonNode? attachment) =>
        attachment.Text("id") ?? attachment.Number("id")?.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string?> NamesOf(Body body, IReadOnlyList<JsonNode?> attachments) =>
        [.. attachments.Select(attachment => attachment.Text("filename")), .. body.Files.Select(file => file.FileName)];

    private static IEnumerable<string> LinkedNames(JsonNode? message) =>
        from embed in message.Items("embeds")
        from part in new[] { "image", "thumbnail" }
        let address = (embed as JsonObject)?[part].Text("url")
        where address?.StartsWith("attachment://", StringComparison.Ordinal) == true
        select address["attachment://".Length..];
}
