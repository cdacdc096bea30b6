using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Errors;

namespace CodeInterpreter.Gateway.Access.Limits;

/// <summary>
/// Bounds how many large results are in memory because their callers have not read them yet, over HTTP and gRPC together. A caller who
/// takes none for long is cut off; the result can be asked for again.
/// </summary>
internal sealed class LargeAnswers(TimeProvider timeProvider) : IDisposable
{
    public const int AtATime = 4;
    public const int Waiting = 24;

    /// <summary>How long an answer may take: 70 KiB a second for the largest.</summary>
    public static readonly TimeSpan LongestAnswer = TimeSpan.FromMinutes(1);

    private const int LargeBytes = 64 * 1024;

    private readonly Places _places = new(AtATime, Waiting, LongestAnswer, timeProvider);

    /// <summary>
    /// Waits until the request may be answered with the result and <paramref name="fileBytes"/> of its files; its place is given back with
    /// the end of the request.
    /// </summary>
    /// <exception cref="GatewayException">So many wait that this one cannot.</exception>
    public async Task AdmitAsync(HttpContext context, string executionId, ExecutionResult? result, long fileBytes = 0)
    {
        if (result is null || LengthOf(result.Output) + LengthOf(result.Error) + fileBytes < LargeBytes)
            return;
        if (await _places.TryTakeAsync(context) is null)
            throw TooMany(executionId);
    }

    public void Dispose() => _places.Dispose();

    private static int LengthOf(OutputText text) => text.Text.Length + text.Tail.Length;

    private static GatewayException TooMany(string executionId) =>
        new(GatewayErrorKind.Overloaded, "So many large results are being answered that this one has to wait; ask for it later.")
        {
            ExecutionId = executionId,
        };
}
