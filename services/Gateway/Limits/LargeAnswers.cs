using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Errors;

namespace CodeInterpreter.Gateway.Limits;

/// <summary>
/// Limits how many large results are in memory because their callers have not read them yet, over HTTP and gRPC together. The connection of
/// a caller that reads too slowly is closed; it can request the result again.
/// </summary>
internal sealed class LargeAnswers(TimeProvider timeProvider) : IDisposable
{
    public const int AtATime = 4;
    public const int Waiting = 24;

    /// <summary>How long sending a response may take: 70 KiB a second for the largest.</summary>
    public static readonly TimeSpan LongestAnswer = TimeSpan.FromMinutes(1);

    private const int LargeBytes = 64 * 1024;

    private readonly RequestSlots _slots = new(AtATime, Waiting, LongestAnswer, timeProvider);

    /// <summary>
    /// Waits for a slot if the result, with <paramref name="fileBytes"/> of its files, is large. The slot is released at the end of the
    /// request.
    /// </summary>
    /// <exception cref="GatewayException">Too many requests are waiting.</exception>
    public async Task AdmitAsync(HttpContext context, string executionId, ExecutionResult? result, long fileBytes = 0)
    {
        if (result is null || LengthOf(result.Output) + LengthOf(result.Error) + fileBytes < LargeBytes)
            return;
        if (await _slots.TryAcquireAsync(context) is null)
            throw TooMany(executionId);
    }

    public void Dispose() => _slots.Dispose();

    private static int LengthOf(OutputText text) => text.Text.Length + text.Tail.Length;

    private static GatewayException TooMany(string executionId) =>
        new(GatewayErrorKind.Overloaded, "Too many large results are being sent; request this one later.") { ExecutionId = executionId };
}
