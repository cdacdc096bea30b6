using System.Net;
using System.Net.Http.Headers;
using CodeInterpreter.Discord.Platform.Telemetry;
using CodeInterpreter.Discord.Settings;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Discord.Platform.Rest;

/// <summary>Sends calls: waits for limits before, and repeats those that failed for a reason that passes.</summary>
internal sealed partial class RestSender(
    HttpClient http,
    RateLimits limits,
    InvalidAnswers invalid,
    DiscordInstruments instruments,
    IOptions<DiscordOptions> options,
    TimeProvider time,
    ILogger<RestSender> logger
)
{
    /// <summary>The name of its HTTP client.</summary>
    public const string HttpClientName = "Discord";

    private const int MaxAttempts = 5;

    /// <summary>Longer waits are left to the caller: an interaction has 15 minutes.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    /// <summary>How long an attempt with such a body may take.</summary>
    public Func<HttpContent?, TimeSpan> TimeoutOf { get; init; } = AttemptTimeout.Of;

    private readonly Uri _base = new(options.Value.ApiBase.ToString().TrimEnd('/') + "/");
    private readonly string _botToken = SecretText.Read(options.Value.BotToken, options.Value.BotTokenFile);
    private volatile bool _isBotTokenRefused;

    /// <summary>Sends it until it has succeeded and returns the body of the answer.</summary>
    /// <exception cref="DiscordRestException">Discord has refused, or has not answered often enough.</exception>
    public async Task<byte[]> SendAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var bucket = limits.Enter(request);
        try
        {
            await bucket.Turn.WaitAsync(cancellationToken);
            try
            {
                return await SendInTurnAsync(request, bucket, cancellationToken);
            }
            finally
            {
                bucket.Turn.Release();
            }
        }
        finally
        {
            limits.Leave(bucket);
        }
    }

    private async Task<byte[]> SendInTurnAsync(RestRequest request, RateLimitBucket bucket, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await WaitAsync(request, bucket, cancellationToken);
            RefuseUseless(request);
            var answer = await AttemptAsync(request, bucket, cancellationToken);
            if (answer.IsSuccess || (attempt > 1 && request.DoneAlready != 0 && answer.Error.Code == request.DoneAlready))
                return answer.Body;
            if (attempt == MaxAttempts || !answer.MayRepeat)
                throw Failed(request, answer);

            Repeats(request.RouteKey, (int)(answer.Status ?? 0), attempt);
            if (answer.Status != HttpStatusCode.TooManyRequests)
                await Task.Delay(FirstPause * Math.Pow(2, attempt - 1), time, cancellationToken);
        }
    }

    private async Task WaitAsync(RestRequest request, RateLimitBucket bucket, CancellationToken cancellationToken)
    {
        while (limits.WaitFor(bucket) is var wait && wait > TimeSpan.Zero)
        {
            if (wait > LongestWait)
                throw new DiscordRestException(
                    HttpStatusCode.TooManyRequests,
                    0,
                    $"Discord accepts no {request} for another {wait.TotalSeconds:F0} s."
                );
            instruments.Waited(wait);
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    // What is refused in any case would only bring the block of the address nearer.
    private void RefuseUseless(RestRequest request)
    {
        if (request.NeedsBotToken && _isBotTokenRefused)
            throw new DiscordRestException(HttpStatusCode.Unauthorized, 0, "Discord has refused the bot token before.");
        if (invalid.AreTooMany)
            throw new DiscordRestException(
                HttpStatusCode.TooManyRequests,
                0,
                $"Discord has refused {InvalidAnswers.Most} calls within 10 minutes, so none is sent for now."
            );
    }

    private async Task<RestAnswer> AttemptAsync(RestRequest request, RateLimitBucket bucket, CancellationToken cancellationToken)
    {
        try
        {
            using var message = await MessageOfAsync(request, cancellationToken);
            using var timeout = new CancellationTokenSource(TimeoutOf(message.Content));
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            using var response = await http.SendAsync(message, either.Token);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            instruments.Requested(request.RouteKey, (int)response.StatusCode);
            return Take(request, bucket, response, body);
        }
        catch (Exception exception)
            when (exception is HttpRequestException or IOException or OperationCanceledException
                && !cancellationToken.IsCancellationRequested
            )
        {
            instruments.Requested(request.RouteKey, status: 0);
            return RestAnswer.None(exception, mayRepeat: request.IsRepeatable || WasNotSent(exception));
        }
    }

    private async Task<HttpRequestMessage> MessageOfAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(_base, request.Path));
        try
        {
            if (request.NeedsBotToken)
                message.Headers.Authorization = new AuthenticationHeaderValue("Bot", _botToken);
            if (request.Content is { } content)
                message.Content = await content(cancellationToken);
            return message;
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    private RestAnswer Take(RestRequest request, RateLimitBucket bucket, HttpResponseMessage response, byte[] body)
    {
        var (status, headers) = (response.StatusCode, RateLimitHeaders.Of(response.Headers));
        limits.Learn(request, bucket, headers);
        if (response.IsSuccessStatusCode)
            return RestAnswer.Success(status, body);

        invalid.Add(status, headers.IsShared);
        var error = RestError.Read(body);
        if (status == HttpStatusCode.Unauthorized && request.NeedsBotToken)
            _isBotTokenRefused = true;
        if (status == HttpStatusCode.TooManyRequests)
            CloseFor(bucket, headers, error);
        return RestAnswer.Failure(
            status,
            error,
            mayRepeat: status == HttpStatusCode.TooManyRequests || ((int)status >= 500 && request.IsRepeatable)
        );
    }

    private void CloseFor(RateLimitBucket bucket, RateLimitHeaders headers, RestError error)
    {
        // The body has fractions of seconds, the header may not.
        var seconds = error.RetryAfter ?? headers.RetryAfter?.TotalSeconds ?? headers.ResetAfter?.TotalSeconds ?? 1;
        var wait = TimeSpan.FromSeconds(Math.Clamp(seconds, 0, TimeSpan.FromDays(1).TotalSeconds));
        if (headers.IsGlobal || error.Global)
            limits.CloseAll(wait);
        else
            limits.Close(bucket, wait);
    }

    private static bool WasNotSent(Exception exception) =>
        exception is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError };

    private static DiscordRestException Failed(RestRequest request, RestAnswer answer) =>
        answer.Status is { } status
            ? new(status, answer.Error.Code, $"Discord answered {request} with {(int)status} {answer.Error.Code}: {answer.Error.Message}")
            : new(null, 0, $"Discord did not answer {request}.", answer.Cause);

    [LoggerMessage(510, LogLevel.Information, "Repeating {Route} after status {Status}, attempt {Attempt}")]
    private partial void Repeats(string route, int status, int attempt);
}
