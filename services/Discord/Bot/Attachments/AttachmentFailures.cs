using CodeInterpreter.Discord.Bot.Rendering;

namespace CodeInterpreter.Discord.Bot.Attachments;

/// <summary>Why an attachment cannot be used, with what its user can do.</summary>
internal static class AttachmentFailures
{
    public static AttachmentException TooLarge(string name, long size, long max) =>
        new($"{SafeText.Code(name)} has {FileText.Size(size)}. An attachment may have {FileText.Size(max)}. Send less.");

    public static AttachmentException Elsewhere(string name) => new($"{SafeText.Code(name)} is not on Discord's servers. Attach it again.");

    public static AttachmentException NotFound(string name) =>
        new($"Discord does not have {SafeText.Code(name)} any more. Attach it again.");

    public static AttachmentException OtherSize(string name) =>
        new($"{SafeText.Code(name)} has another size than Discord said. Attach it again.");

    public static AttachmentException NoText(string name) =>
        new($"{SafeText.Code(name)} is not UTF-8 text, so it cannot be run. Save it as UTF-8.");

    public static AttachmentException Broken(string name, Exception? cause = null) =>
        new($"Discord did not send {SafeText.Code(name)}. Try again in a minute.", cause);
}
