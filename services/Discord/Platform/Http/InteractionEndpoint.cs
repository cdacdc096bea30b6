using System.Text;
using System.Text.Json;
using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Json;
using CodeInterpreter.Discord.Platform.Receiving;
using CodeInterpreter.Discord.Settings;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Discord.Platform.Http;

/// <summary>
/// <c>POST /interactions</c>, which Discord calls. Whatever it has not signed is answered with 401: Discord tests that now and then, and
/// takes the address away from applications that answer otherwise.
/// </summary>
internal sealed class InteractionEndpoint(
    PublicKeySource keys,
    InteractionReceiver receiver,
    Continuations continuations,
    IOptions<DiscordOptions> options,
    TimeProvider time
)
{
    public const string Path = "/interactions";

    private const string SignatureHeader = "X-Signature-Ed25519";
    private const string TimestampHeader = "X-Signature-Timestamp";

    public async Task HandleAsync(HttpContext context)
    {
        // The body is counted here; Kestrel's own limit would end the connection with an exception.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;

        var (request, response) = (context.Request, context.Response);
        if (keys.Signature is not { } key)
        {
            response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        var (signature, timestamp) = (request.Headers[SignatureHeader].ToString(), request.Headers[TimestampHeader].ToString());
        if (!IsFresh(timestamp))
        {
            response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (await SignedBody.ReadAsync(timestamp, request.Body, context.RequestAborted) is not { } body)
        {
            response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        if (!key.IsOf(body.Bytes.Span, signature))
        {
            response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (Read(body.Body.Span) is not { } interaction)
        {
            response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        await AnswerAsync(context, interaction);
    }

    private async Task AnswerAsync(HttpContext context, Interaction interaction)
    {
        var answer = await receiver.ReceiveAsync(interaction, context.RequestAborted);
        await context.Response.WriteAsJsonAsync(
            answer.First,
            DiscordJson.Default.InteractionResponse,
            contentType: "application/json",
            context.RequestAborted
        );
        await context.Response.CompleteAsync();
        if (!context.RequestAborted.IsCancellationRequested)
            continuations.Start(interaction, answer);
    }

    private bool IsFresh(string timestamp) =>
        InteractionSignature.TimeOf(timestamp) is { } signed && (time.GetUtcNow() - signed).Duration() <= options.Value.MaxSignatureAge;

    private static Interaction? Read(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith(Encoding.UTF8.Preamble))
            body = body[Encoding.UTF8.Preamble.Length..];
        try
        {
            return
                JsonSerializer.Deserialize(body, DiscordJson.Default.Interaction) is { } interaction
                && (interaction.Type == InteractionType.Ping || interaction is { Id.Length: > 0, ApplicationId.Length: > 0 })
                ? interaction
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
