using CodeInterpreter.Gateway.Executions.Messaging;
using CodeInterpreter.ServiceDefaults.Messaging;
using CodeInterpreter.ServiceDefaults.Trust;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using NSubstitute.Extensions;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace CodeInterpreter.Gateway.Tests.Executions.Messaging;

/// <summary>A command that is moved from the deferred queue to that of the runners is in one of them only.</summary>
public sealed class MovedCommandTests
{
    private const ulong Tag = 7;

    private readonly FakeTimeProvider _time = new();
    private readonly IChannel _channel = Substitute.For<IChannel>();
    private readonly TaskCompletionSource _confirmed = new();
    private readonly TaskCompletionSource _ended = new();
    private readonly Task _moving;

    public MovedCommandTests()
    {
        _channel.ReturnsForAll(_ => new ValueTask(_confirmed.Task));
        var seals = new CommandSeals(new TrustTokens(Options.Create(new TrustOptions()), _time), NullLogger<CommandSeals>.Instance);
        // Without the headers of a runner it is moved at once, and the keeper does not get it.
        var reading = new RabbitMqDeferredQueue.Reading(_channel, _ended, keeper: null!, seals, _time);
        _moving = reading.ReceiveAsync(new BasicDeliverEventArgs("", Tag, false, "", "", new BasicProperties(), default));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Move_TheBrokerConfirmsLate_AcknowledgesTheDelivery()
    {
        _time.Advance(2 * Confirmations.Timeout);
        _ended.Task.IsCompleted.ShouldBeFalse("a delivery that is given up is delivered again");

        _confirmed.SetResult();

        await _moving.WaitAsync(Token);
        await _channel.Received(1).BasicAckAsync(Tag, false, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Move_TheChannelEnds_IsGivenUp()
    {
        _ended.SetResult();

        await _moving.WaitAsync(Token);
        await _channel.DidNotReceiveWithAnyArgs().BasicAckAsync(Tag, false, Token);
    }
}
