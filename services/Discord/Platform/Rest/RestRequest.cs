namespace CodeInterpreter.Discord.Platform.Rest;

/// <summary>A call to Discord's API.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Route">The path with names in place of ids: for metrics and logs, which must have no tokens.</param>
/// <param name="Path">The path, relative to the API's address.</param>
/// <param name="Resource">The ids for which Discord counts separately.</param>
internal sealed record RestRequest(HttpMethod Method, string Route, string Path, string Resource)
{
    /// <summary>Makes the body; called once for each attempt.</summary>
    public Func<CancellationToken, Task<HttpContent>>? Content { get; init; }

    /// <summary>Whether the call needs the bot token.</summary>
    public bool NeedsBotToken { get; init; }

    /// <summary>Whether doing it twice is the same as doing it once.</summary>
    public bool IsRepeatable { get; init; } = true;

    /// <summary>Discord's error that means, at a repetition, that an earlier attempt has done it; 0 for none.</summary>
    public int DoneAlready { get; init; }

    /// <summary>What Discord counts separately, until it names the bucket.</summary>
    public string RouteKey => $"{Method} {Route}";

    /// <summary>Without ids and tokens.</summary>
    public override string ToString() => RouteKey;
}
