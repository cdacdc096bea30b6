using System.Globalization;
using CodeInterpreter.Contracts;
using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Runner.Executions.Messaging;

/// <summary>That a runner has been given an execution, and what became of it with those who were given it before.</summary>
internal sealed partial class Delivery(ConsumeContext<ExecuteCode> context, IRequestClient<ExecutionInquiry> gateways, ILogger logger)
{
    /// <summary>How long gateways are asked.</summary>
    public static readonly RequestTimeout Patience = RequestTimeout.After(s: 10);

    /// <summary>How often the broker gave it to a runner that has not acknowledged it.</summary>
    private readonly int _lost = LostDeliveries(context.ReceiveContext);

    /// <summary>Whether a runner that had it was lost, and may have started it.</summary>
    public bool IsRedelivered => _lost > 0;

    /// <summary>How often this execution was begun before; no two attempts have the same number.</summary>
    public int Attempt => (_lost * (ExecuteCodeConsumer.RetryIntervals.Length + 1)) + context.GetRetryAttempt();

    /// <summary>Whether it was deferred, and it is its turn now.</summary>
    public bool IsOffered { get; } = context.HasHeader(DeferredExecutions.Offered);

    /// <summary>Makes sure that nobody who was given it before has told how it went. Where no gateway answers, that is not known.</summary>
    /// <exception cref="ExecutionOverException">Somebody has.</exception>
    public async Task ThrowIfOverAsync(CancellationToken cancellationToken)
    {
        // What was moved from queue to queue may be in both of them.
        if (_lost == 0 && !IsOffered)
            return;
        try
        {
            var inquiry = new ExecutionInquiry { ExecutionId = context.Message.ExecutionId, UserId = context.Message.UserId };
            var answer = await gateways.GetResponse<ExecutionInquiryAnswer>(inquiry, cancellationToken, Patience);
            if (answer.Message.IsFinished)
                throw new ExecutionOverException();
        }
        catch (RequestException exception)
        {
            Unanswered(exception);
        }
    }

    private static int LostDeliveries(ReceiveContext received) =>
        received.TransportHeaders.TryGetHeader("x-delivery-count", out var count) ? Convert.ToInt32(count, CultureInfo.InvariantCulture)
        : received.Redelivered ? 1
        : 0;

    [LoggerMessage(64, LogLevel.Warning, "No gateway says whether the execution, which was delivered before, has its result")]
    private partial void Unanswered(Exception exception);
}
