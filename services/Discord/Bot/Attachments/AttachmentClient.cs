using System.Net;
using System.Text;
using CodeInterpreter.Discord.Bot.Requests;
using CodeInterpreter.Discord.Bot.Settings;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Discord.Bot.Attachments;

/// <summary>
/// Fetches attachments from Discord's hosts. Redirects are not followed. The size is checked before the first byte and with every further
/// one.
/// </summary>
/// <param name="http">A client that follows no redirects.</param>
/// <param name="options">How large an attachment may be.</param>
internal sealed class AttachmentClient(HttpClient http, IOptions<BotOptions> options)
{
    // The service takes code of that size.
    private const long MaxCodeBytes = 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Opens an attachment and passes its content on.</summary>
    /// <exception cref="AttachmentException">It cannot be used.</exception>
    public async Task<T> ReadAsync<T>(RequestedFile file, Func<Stream, Task<T>> read, CancellationToken cancellationToken)
    {
        var max = file.IsCode ? MaxCodeBytes : options.Value.MaxAttachmentBytes;
        if (file.Size > max)
            throw AttachmentFailures.TooLarge(file.Name, file.Size, max);
        if (
            !Uri.TryCreate(file.Url, UriKind.Absolute, out var address)
            || !AttachmentAddress.IsAllowed(address, options.Value.TestAttachmentBase)
        )
            throw AttachmentFailures.Elsewhere(file.Name);

        using var response = await GetAsync(file.Name, address, cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.Gone)
            throw AttachmentFailures.NotFound(file.Name);
        if (response.StatusCode != HttpStatusCode.OK)
            throw AttachmentFailures.Broken(file.Name);
        if (response.Content.Headers.ContentLength is { } length && length != file.Size)
            throw AttachmentFailures.OtherSize(file.Name);
        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var announced = new AnnouncedStream(content, file.Name, file.Size);
        return await read(announced);
    }

    /// <summary>Returns the text of an attachment.</summary>
    /// <exception cref="AttachmentException">It cannot be used.</exception>
    public Task<string> ReadTextAsync(RequestedFile file, CancellationToken cancellationToken) =>
        ReadAsync(
            file,
            async content =>
            {
                using var bytes = new MemoryStream();
                await content.CopyToAsync(bytes, cancellationToken);
                try
                {
                    return Strict.GetString(bytes.ToArray()).TrimStart('\ufeff');
                }
                catch (DecoderFallbackException)
                {
                    throw AttachmentFailures.NoText(file.Name);
                }
            },
            cancellationToken
        );

    private async Task<HttpResponseMessage> GetAsync(string name, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            return await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception exception)
            when (exception is HttpRequestException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw AttachmentFailures.Broken(name, exception);
        }
    }
}
