using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CodeInterpreter.Client.Tests.Examples;

/// <summary>
/// Plays a language model behind the OpenAI chat API: it answers with what a script says, and remembers what it was sent.
/// </summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Queue<object> _script;
    private readonly Task _serving;

    public ModelServer(params IEnumerable<object> script)
    {
        _script = new Queue<object>(script);
        Address = $"http://127.0.0.1:{FreePort.Find()}/v1";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    public List<JsonNode> Requests { get; } = [];

    /// <summary>A message in which the model calls a tool.</summary>
    public static object Calls(string tool, object arguments) =>
        new
        {
            role = "assistant",
            content = (string?)null,
            tool_calls = new[]
            {
                new
                {
                    id = "call_1",
                    type = "function",
                    function = new { name = tool, arguments = JsonSerializer.Serialize(arguments) },
                },
            },
        };

    /// <summary>A message in which the model answers.</summary>
    public static object Says(string text) => new { role = "assistant", content = text };

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                Requests.Add((await JsonNode.ParseAsync(context.Request.InputStream))!);
                var message = _script.Dequeue();
                await JsonSerializer.SerializeAsync(context.Response.OutputStream, new { choices = new[] { new { message } } });
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}
