using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace CodeInterpreter.EndToEnd.Tests.Executions;

/// <summary>One server-sent event.</summary>
internal sealed record StreamedEvent(string Type, string? Id, JsonObject Data)
{
    public long Sequence => Data["sequence"]!.GetValue<long>();

    public string Text => Data.Text("text");
}

/// <summary>The events of an execution as an HTTP client hears them.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly HttpResponseMessage _answer;
    private readonly IAsyncEnumerator<SseItem<string>> _items;
    private readonly CancellationTokenSource _ended = new();
    private readonly List<StreamedEvent> _seen = [];

    private EventStream(HttpResponseMessage answer, Stream body)
    {
        _answer = answer;
        _items = SseParser.Create(body).EnumerateAsync(_ended.Token).GetAsyncEnumerator();
    }

    /// <summary>All events that have come.</summary>
    public IReadOnlyList<StreamedEvent> Seen => _seen;

    public string ExecutionId => _seen[0].Data.Text("execution_id");

    /// <summary>Those with a place in the execution.</summary>
    public IEnumerable<StreamedEvent> Numbered => _seen.Where(told => told.Sequence > 0);

    public static Task<EventStream> PostAsync(HttpClient http, object request) =>
        OpenAsync(http, new HttpRequestMessage(HttpMethod.Post, "/v1/executions/stream") { Content = JsonContent.Create(request) });

    public static Task<EventStream> FollowAsync(HttpClient http, string user, string executionId, long after = 0) =>
        OpenAsync(http, new HttpRequestMessage(HttpMethod.Get, $"/v1/executions/{executionId}/events?user_id={user}&after={after}"));

    /// <summary>The next event; null at the end.</summary>
    public async Task<StreamedEvent?> NextAsync()
    {
        if (!await _items.MoveNextAsync().AsTask().WaitAsync(Patience))
            return null;

        var item = _items.Current;
        var told = new StreamedEvent(item.EventType, item.EventId, JsonNode.Parse(item.Data)!.AsObject());
        _seen.Add(told);
        return told;
    }

    public async Task<StreamedEvent> UntilAsync(string type)
    {
        while (true)
        {
            var told = (await NextAsync()).ShouldNotBeNull(
                $"{type} did not come any more after {_seen.LastOrDefault()?.Data.ToJsonString()}"
            );
            if (told.Type == type)
                return told;
        }
    }

    /// <summary>Reads until everything of that type together ends with a text.</summary>
    public async Task UntilPrintedAsync(string type, string text)
    {
        while (!Printed(type).EndsWith(text, StringComparison.Ordinal))
            await UntilAsync(type);
    }

    /// <summary>What has been printed since the execution began, or began anew.</summary>
    public string Printed(string type) =>
        string.Concat(
            _seen.Skip(_seen.FindLastIndex(told => told.Type == "started")).Where(told => told.Type == type).Select(told => told.Text)
        );

    /// <summary>Reads to the end and returns the result.</summary>
    public async Task<JsonObject> ResultAsync()
    {
        while (await NextAsync() is not null)
            ;
        _seen[^1].Type.ShouldBe("finished");
        return _seen[^1].Data["result"]!.AsObject();
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _answer.Dispose();
        _ended.Dispose();
    }

    private static async Task<EventStream> OpenAsync(HttpClient http, HttpRequestMessage request)
    {
        using var sent = request;
        var answer = await http.SendAsync(sent, HttpCompletionOption.ResponseHeadersRead);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new EventStream(answer, await answer.Content.ReadAsStreamAsync());
    }
}
