namespace CodeInterpreter.Discord.Platform.Rest;

/// <summary>A file to send with a message.</summary>
/// <param name="Name">Its name, for people and for <c>attachment://</c>.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="OpenAsync">Opens the content from its start; called once for each attempt to send it.</param>
/// <param name="Description">Its alternative text, at most 1024 characters.</param>
internal sealed record FilePart(string Name, long Length, Func<CancellationToken, Task<Stream>> OpenAsync, string? Description = null)
{
    public static FilePart Of(string name, ReadOnlyMemory<byte> content) =>
        new(name, content.Length, _ => Task.FromResult<Stream>(new MemoryStream(content.ToArray(), writable: false)));
}
