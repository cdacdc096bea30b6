using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace CodeInterpreter.ServiceDefaults.Tests.Messaging;

public sealed class RepeatedMessagesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly IBus _bus = Substitute.For<IBus>();

    [Fact]
    public async Task PublishRepeatedAsync_BrokerNeverConfirms_TimesOut()
    {
        _bus.Publish(Arg.Any<Report>(), Arg.Any<CancellationToken>()).ReturnsForAnyArgs(new TaskCompletionSource().Task);
        var publishing = _bus.PublishRepeatedAsync(new Report(), _time, TestContext.Current.CancellationToken);
        publishing.IsCompleted.ShouldBeFalse();

        _time.Advance(RepeatedMessages.ConfirmationTimeout);

        await publishing.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task PublishRepeatedAsync_ServiceStops_IsCancelled()
    {
        _bus.Publish(Arg.Any<Report>(), Arg.Any<CancellationToken>()).ReturnsForAnyArgs(new TaskCompletionSource().Task);
        using var stopping = new CancellationTokenSource();
        var publishing = _bus.PublishRepeatedAsync(new Report(), _time, stopping.Token);

        await stopping.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => publishing);
    }

    [Fact]
    public async Task PublishRepeatedAsync_BrokerRefuses_Throws()
    {
        _bus.Publish(Arg.Any<Report>(), Arg.Any<CancellationToken>()).ReturnsForAnyArgs(Task.FromException(new MassTransitException("no")));

        await Should.ThrowAsync<MassTransitException>(() =>
            _bus.PublishRepeatedAsync(new Report(), _time, TestContext.Current.CancellationToken)
        );
    }

    public sealed record Report;
}
