using MassTransit;

namespace CodeInterpreter.ServiceDefaults.Messaging;

/// <summary>
/// The broker did not confirm a message in time. It may have the message, so to publish it again is safe only if receivers ignore a second
/// copy.
/// </summary>
public sealed class NotConfirmedException(TimeSpan limit, Exception innerException)
    : MassTransitException($"The broker did not confirm a message within {limit.TotalSeconds:0.###} s.", innerException);
