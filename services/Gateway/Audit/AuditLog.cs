using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.ServiceDefaults.Naming;

namespace CodeInterpreter.Gateway.Audit;

/// <summary>
/// Records who did what, in a log category of its own: executions, deleted users, API keys and refused calls. Never code, output, file
/// names, keys or links.
/// </summary>
internal sealed partial class AuditLog(ILoggerFactory loggers, TimeProvider timeProvider)
{
    /// <summary>The category, by which operators route these entries.</summary>
    public const string Category = "CodeInterpreter.Audit";

    /// <summary>A caller without credentials can cause any number of refusals, so that only so many are logged.</summary>
    internal const int RefusalsPerMinute = 600;

    private readonly ILogger _logger = loggers.CreateLogger(Category);
    private readonly Budget _known = new(timeProvider);
    private readonly Budget _unknown = new(timeProvider);

    /// <summary>An execution was published to the runners.</summary>
    public void Accepted(string executionId, string userId, string callerId, string language, int codeLength, int inputFileCount) =>
        ExecutionAccepted(executionId, userId, NameOf(callerId), language, codeLength, inputFileCount);

    /// <summary>A call was refused.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="callerId">Who called; empty if that is unknown.</param>
    /// <param name="userId">The user that the call named, which may be any text; null if it named none.</param>
    /// <param name="endpoint">What was called.</param>
    /// <param name="address">From where.</param>
    public void Refused(GatewayErrorKind reason, string callerId, string? userId, string endpoint, string address)
    {
        if (!MayLogRefusal(callerId))
            return;
        CallRefused(endpoint, reason, NameOf(callerId), Identifier.IsValid(userId) ? userId! : "?", address);
    }

    /// <summary>An execution was refused because of a limit or a quota.</summary>
    public void RefusedExecution(GatewayErrorKind reason, string callerId, string userId)
    {
        if (MayLogRefusal(callerId))
            ExecutionRefused(userId, reason, NameOf(callerId));
    }

    /// <summary>A key is in the database that was not there before.</summary>
    public void KeyAdded(string keyId, string name, string? userId, DateTimeOffset? expiresAt) =>
        KeyCreated(keyId, name, userId ?? "any", expiresAt);

    /// <summary>A key has been revoked, or deleted from the database.</summary>
    public void KeyRemoved(string keyId, string name, string? userId) => KeyRevoked(keyId, name, userId ?? "any");

    /// <summary>The data of a user was deleted, or a part of it if that failed.</summary>
    public void UserDataDeleted(string userId, string callerId, long executions, long files) =>
        DataOfUserDeleted(executions, files, userId, NameOf(callerId));

    private static string NameOf(string callerId) => callerId.Length > 0 ? callerId : "none";

    // Calls without credentials have a budget of their own: they cannot hide what known callers do.
    private bool MayLogRefusal(string callerId)
    {
        var mayLog = (callerId.Length > 0 ? _known : _unknown).Count(out var unlogged);
        if (unlogged > 0)
            RefusalsNotLogged(unlogged);
        return mayLog;
    }

    [LoggerMessage(
        90,
        LogLevel.Information,
        "Execution {ExecutionId} of user {UserId} was accepted from {CallerId}: {Language}, {CodeLength} characters, "
            + "{InputFileCount} input files"
    )]
    private partial void ExecutionAccepted(
        string executionId,
        string userId,
        string callerId,
        string language,
        int codeLength,
        int inputFileCount
    );

    [LoggerMessage(
        91,
        LogLevel.Warning,
        "A call of {Endpoint} was refused: {Reason}, from {CallerId} for user {UserId}, address {Address}"
    )]
    private partial void CallRefused(string endpoint, GatewayErrorKind reason, string callerId, string userId, string address);

    [LoggerMessage(96, LogLevel.Warning, "An execution of user {UserId} was refused: {Reason}, from {CallerId}")]
    private partial void ExecutionRefused(string userId, GatewayErrorKind reason, string callerId);

    [LoggerMessage(92, LogLevel.Warning, "{Count} more refused calls were not logged in the minutes before")]
    private partial void RefusalsNotLogged(int count);

    [LoggerMessage(
        98,
        LogLevel.Information,
        "{Executions} executions and {Files} files, all that was found of user {UserId}, were deleted from {CallerId}"
    )]
    private partial void DataOfUserDeleted(long executions, long files, string userId, string callerId);

    [LoggerMessage(93, LogLevel.Information, "API key {KeyId}, {Name}, was created for user {UserId}; it expires at {ExpiresAt}")]
    private partial void KeyCreated(string keyId, string name, string userId, DateTimeOffset? expiresAt);

    [LoggerMessage(94, LogLevel.Information, "API key {KeyId}, {Name}, for user {UserId} was revoked")]
    private partial void KeyRevoked(string keyId, string name, string userId);

    /// <summary>Counts the refusals of a minute.</summary>
    private sealed class Budget(TimeProvider timeProvider)
    {
        private readonly Lock _counting = new();
        private long _minuteBegan = timeProvider.GetTimestamp();
        private int _refusals;

        /// <summary>Counts a refusal. Returns whether it may be logged, and how many were not in an earlier minute.</summary>
        public bool Count(out int unlogged)
        {
            unlogged = 0;
            lock (_counting)
            {
                if (timeProvider.GetElapsedTime(_minuteBegan) >= TimeSpan.FromMinutes(1))
                {
                    unlogged = Math.Max(0, _refusals - RefusalsPerMinute);
                    (_minuteBegan, _refusals) = (timeProvider.GetTimestamp(), 0);
                }

                return ++_refusals <= RefusalsPerMinute;
            }
        }
    }
}
