namespace CodeInterpreter.Discord.Bot.Requests;

/// <summary>What a user asked for. It is kept for 48 hours, so that it runs once, can be run again, and is answered.</summary>
internal sealed record StoredRequest
{
    /// <summary>The id of the interaction; also the idempotency key of the execution.</summary>
    public required string Id { get; init; }

    /// <summary>Who asked.</summary>
    public required string UserId { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required RequestedCode Code { get; init; }

    /// <summary>The execution; null before the service has accepted it.</summary>
    public string? ExecutionId { get; init; }

    /// <summary>The answer that is still owed; null once it is given, and for what asks for none.</summary>
    public PendingAnswer? Answer { get; init; }
}

/// <summary>What to run.</summary>
internal sealed record RequestedCode
{
    public string Code { get; init; } = "";

    public string Stdin { get; init; } = "";

    /// <summary>Whether only the user sees the answer.</summary>
    public bool IsPrivate { get; init; }

    public IReadOnlyList<RequestedFile> Files { get; init; } = [];
}

/// <summary>A file for the code: an attachment on Discord, or the stored file that was made of one.</summary>
internal sealed record RequestedFile
{
    /// <summary>Its name in the working directory.</summary>
    public required string Name { get; init; }

    /// <summary>Its size in bytes, as Discord said.</summary>
    public long Size { get; init; }

    /// <summary>The id of the attachment.</summary>
    public string AttachmentId { get; init; } = "";

    /// <summary>Where it can be fetched, for some hours.</summary>
    public string Url { get; init; } = "";

    /// <summary>Whether its text is code to run, after all other code.</summary>
    public bool IsCode { get; init; }

    /// <summary>The stored file; null before it is uploaded.</summary>
    public string? FileId { get; init; }
}

/// <summary>An answer that Discord waits for.</summary>
internal sealed record PendingAnswer
{
    public required string ApplicationId { get; init; }

    /// <summary>The right to answer. A secret, which is forgotten with the answer, or when Discord takes it no more.</summary>
    public required string Token { get; init; }

    /// <summary>Until when Discord takes it.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Bytes of the largest file that it may have.</summary>
    public required long MaxFileBytes { get; init; }

    /// <summary>How many of its messages are sent.</summary>
    public int MessagesSent { get; init; }

    /// <summary>Without the token.</summary>
    public override string ToString() => $"Answer until {ExpiresAt:O}";
}
