using System.Text;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Requests;

namespace CodeInterpreter.Gateway.Executions.Intake;

/// <summary>Sends standard input to running interactive executions.</summary>
internal sealed class InputSender(ExecutionReader reader, IExecutionQueue queue, TimeProvider timeProvider)
{
    // Callers get the start before it is stored, long before if the database is busy.
    private static readonly TimeSpan StartGrace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Sends text to a running interactive execution of that user, and the end of the input if <paramref name="end"/> is true.
    /// </summary>
    /// <exception cref="GatewayException">There is no such execution, it does not read input, or the text is too long.</exception>
    public async Task SendAsync(string userId, string executionId, string text, bool end, CancellationToken cancellationToken) =>
        await SendAsync(await FindAddressAsync(userId, executionId, cancellationToken), userId, executionId, text, end, cancellationToken);

    /// <summary>The same, for a caller that knows the input address of the execution.</summary>
    public async Task SendAsync(Uri address, string userId, string executionId, string text, bool end, CancellationToken cancellationToken)
    {
        if (Encoding.UTF8.GetByteCount(text) > RequestLimits.InputBytes)
        {
            throw GatewayException.Invalid("input", "must be at most 64 KiB of UTF-8.");
        }

        var input = new ExecutionInput
        {
            ExecutionId = executionId,
            UserId = userId,
            Text = text,
            End = end,
        };
        await queue.SendInputAsync(address, input, cancellationToken);
    }

    private async Task<Uri> FindAddressAsync(string userId, string executionId, CancellationToken cancellationToken)
    {
        var end = timeProvider.GetUtcNow() + StartGrace;
        while (true)
        {
            var execution = await reader.GetAsync(userId, executionId, cancellationToken);
            if (execution.Status == ExecutionStatus.Running)
            {
                return execution.InputAddress
                    ?? throw NotReading(executionId, "The execution is not interactive: it takes no input while it runs.");
            }

            if (execution.Status == ExecutionStatus.Finished || timeProvider.GetUtcNow() >= end)
            {
                throw NotReading(executionId, $"The execution is not running, it is {execution.Status}.");
            }

            await Task.Delay(PollInterval, timeProvider, cancellationToken);
        }
    }

    private static GatewayException NotReading(string executionId, string message) =>
        new(GatewayErrorKind.NotRunning, message) { ExecutionId = executionId };
}
