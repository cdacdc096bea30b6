using System.Globalization;
using CodeInterpreter.Contracts;
using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Runner.Executions.Messaging;

/// <summary>One delivery of an execution to this runner, and what is known of the deliveries before.</summary>
internal sealed partial class DeliveryAttempt(
    ConsumeContext<ExecuteCode> context,
    IRequestClient<ExecutionInquiry> gateways,
    TimeProvider time,
    ILogger logger
)
{
    /// <summary>How long to wait for a gateway's response.</summary>
    public static readonly RequestTimeout InquiryTimeout = RequestTimeout.After(s: 10);

    /// <summary>How often the broker delivered it to a runner that did not acknowledge it.</summary>
    private readonly int _lost = LostDeliveries(context.ReceiveContext);

    /// <summary>Whether a runner that received it was lost, and may have started it.</summary>
    public bool IsRedelivered => _lost > 0;

    /// <summary>How often this execution was started before; no two attempts have the same number.</summary>
    public int Attempt => (_lost * (ExecuteCodeConsumer.RetryIntervals.Length + 1)) + context.GetRetryAttempt();

    /// <summary>Whether it comes from the deferred queue.</summary>
    public bool IsOffered { get; } = context.HasHeader(DeferredExecutions.Offered);

    /// <summary>Checks that no earlier delivery has produced a result. Without a response from a gateway that is assumed.</summary>
    /// <exception cref="ExecutionFinishedException">One has.</exception>
    public async Task ThrowIfFinishedAsync(CancellationToken cancellationToken)
    {
        // A message that was moved between queues may be in both.
        if (_lost == 0 && !IsOffered)
            return;
        try
        {
            var inquiry = new ExecutionInquiry { ExecutionId = context.Message.ExecutionId, UserId = context.Message.UserId };
            var answer = await gateways
                .GetResponse<ExecutionInquiryAnswer>(inquiry, cancellationToken, InquiryTimeout)
                // The inquiry itself may never be confirmed.
                .WaitAsync(Confirmations.Timeout, time, cancellationToken);
            if (answer.Message.IsFinished)
                throw new ExecutionFinishedException();
        }
        catch (Exception exception) when (exception is RequestException or TimeoutException)
        {
            Unanswered(exception);
        }
    }

    private static int LostDeliveries(ReceiveContext received) =>
        received.TransportHeaders.TryGetHeader("x-delivery-count", out var count) ? Convert.ToInt32(count, CultureInfo.InvariantCulture)
        : received.Redelivered ? 1
        : 0;

    [LoggerMessage(64, LogLevel.Warning, "No gateway responded whether the redelivered execution has a result")]
    private partial void Unanswered(Exception exception);
}
