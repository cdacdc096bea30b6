using CodeInterpreter.TestDiscord.Model;

namespace CodeInterpreter.TestDiscord.Rest;

/// <summary>A request of a bot, and the status it got. Without a host: <c>/webhooks/1/token</c>.</summary>
internal sealed record RecordedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, Body Body)
{
    public int Status { get; set; }

    /// <summary>The rules that it breaks.</summary>
    public IReadOnlyList<string> Problems { get; set; } = [];

    public override string ToString() => $"{Method} {Path}: {Status} {string.Join("; ", Problems)}";
}
