using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Messaging;
using CodeInterpreter.Gateway.Executions.Records;
using MassTransit;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace CodeInterpreter.Gateway.Tests.Executions.Messaging;

public sealed class BusExecutionQueueTests
{
    private static readonly ExecuteCode Command = new()
    {
        ExecutionId = "a",
        UserId = "u",
        Code = "1",
        WallTimeSeconds = 1,
        AcceptedAt = default,
        Deadline = default,
    };

    private readonly IBus _bus = Substitute.For<IBus>();
    private readonly ISendEndpoint _broker = Substitute.For<ISendEndpoint>();
    private readonly FakeTimeProvider _time = new();
    private readonly BusExecutionQueue _queue;

    public BusExecutionQueueTests()
    {
        _bus.Address.Returns(new Uri("rabbitmq://broker/gateway-answers"));
        _bus.GetSendEndpoint(Arg.Any<Uri>()).Returns(_broker);
        _queue = new(_bus, new ReplyAddress(), Options.Create(new ExecutionOptions()), _time);
    }

    [Fact]
    public async Task Enqueue_BusRefuses_IsUnavailable()
    {
        WhenSent().Returns(Task.FromException(new MassTransitException("no queue")));

        var exception = await Should.ThrowAsync<GatewayException>(_queue.EnqueueAsync(Command, CancellationToken.None));

        exception.Kind.ShouldBe(GatewayErrorKind.Unavailable);
    }

    [Fact]
    public async Task Enqueue_BusWithoutBroker_IsUnavailableAfterTheTimeout()
    {
        WhenSent().Returns(call => Task.Delay(Timeout.Infinite, call.Arg<CancellationToken>()));
        var enqueuing = _queue.EnqueueAsync(Command, CancellationToken.None);

        _time.Advance(new ExecutionOptions().PublishTimeout);

        var exception = await Should.ThrowAsync<GatewayException>(enqueuing);
        exception.Kind.ShouldBe(GatewayErrorKind.Unavailable);
    }

    [Fact]
    public async Task Enqueue_BrokerThatNeverConfirms_IsUnavailableAfterTheTimeout()
    {
        WhenSent().Returns(new TaskCompletionSource().Task);
        var enqueuing = _queue.EnqueueAsync(Command, CancellationToken.None);

        _time.Advance(new ExecutionOptions().PublishTimeout);

        var exception = await Should.ThrowAsync<GatewayException>(enqueuing);
        exception.Kind.ShouldBe(GatewayErrorKind.Unavailable);
    }

    [Fact]
    public async Task Cancel_BrokerThatNeverConfirms_IsUnavailableAfterTheTimeout()
    {
        _bus.Publish(Arg.Any<CancelExecution>(), Arg.Any<CancellationToken>()).Returns(new TaskCompletionSource().Task);
        var cancelling = _queue.CancelAsync(new CancelExecution { ExecutionId = "a", UserId = "u" }, CancellationToken.None);

        _time.Advance(new ExecutionOptions().PublishTimeout);

        (await Should.ThrowAsync<GatewayException>(cancelling)).Kind.ShouldBe(GatewayErrorKind.Unavailable);
    }

    [Fact]
    public async Task Enqueue_CallerDisconnects_IsCancelled()
    {
        WhenSent().Returns(call => Task.Delay(Timeout.Infinite, call.Arg<CancellationToken>()));
        using var caller = new CancellationTokenSource();
        var enqueuing = _queue.EnqueueAsync(Command, caller.Token);

        await caller.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(enqueuing);
    }

    private Task WhenSent() =>
        _broker.Send(Arg.Any<ExecuteCode>(), Arg.Any<IPipe<SendContext<ExecuteCode>>>(), Arg.Any<CancellationToken>());
}
