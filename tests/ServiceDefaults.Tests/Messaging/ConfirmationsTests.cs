using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace CodeInterpreter.ServiceDefaults.Tests.Messaging;

public sealed class ConfirmationsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ConsumeContext _context = Substitute.For<ConsumeContext>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task Never => new TaskCompletionSource().Task;

    [Fact]
    public async Task ConfirmedAsync_TheBrokerConfirms_Returns() =>
        await _time.ConfirmedAsync(_ => Task.CompletedTask, Token).WaitAsync(TimeSpan.FromSeconds(30), Token);

    [Fact]
    public async Task ConfirmedAsync_TheBrokerNeverConfirms_ThrowsInTime()
    {
        var publishing = _time.ConfirmedAsync(_ => Never, Token);
        publishing.IsCompleted.ShouldBeFalse();

        _time.Advance(Confirmations.Timeout);

        await Should.ThrowAsync<NotConfirmedException>(() => publishing.WaitAsync(TimeSpan.FromSeconds(30), Token));
    }

    [Fact]
    public async Task ConfirmedAsync_TheCallerGivesUp_IsCancelled()
    {
        using var caller = new CancellationTokenSource();
        var publishing = _time.ConfirmedAsync(_ => Never, caller.Token);

        await caller.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => publishing.WaitAsync(TimeSpan.FromSeconds(30), Token));
    }

    [Fact]
    public async Task ConfirmedAsync_TheBrokerRefuses_ThrowsThat() =>
        (
            await Should.ThrowAsync<MassTransitException>(() =>
                _time.ConfirmedAsync(_ => Task.FromException(new MassTransitException("no")), Token)
            )
        ).ShouldNotBeOfType<NotConfirmedException>();

    [Fact]
    public async Task AnnounceAsync_TheBrokerNeverConfirms_ThrowsInTime()
    {
        Publish().Returns(Never);
        var publishing = _context.AnnounceAsync(new Report(), _time);
        publishing.IsCompleted.ShouldBeFalse();

        _time.Advance(Confirmations.Timeout);

        await Should.ThrowAsync<NotConfirmedException>(() => publishing.WaitAsync(TimeSpan.FromSeconds(30), Token));
    }

    [Fact]
    public async Task AnnounceUntilConfirmedAsync_TheBrokerConfirmsTheThird_PublishesThree()
    {
        Publish().Returns(Never, Never, Task.CompletedTask);
        var unconfirmed = 0;
        var publishing = _context.AnnounceUntilConfirmedAsync(new Report(), _time, _ => unconfirmed++);

        for (var attempt = 0; attempt < 1000 && !publishing.IsCompleted; attempt++)
        {
            _time.Advance(Confirmations.Timeout);
            await Task.Yield();
        }

        await publishing.WaitAsync(TimeSpan.FromSeconds(30), Token);
        unconfirmed.ShouldBe(2);
        await _context.Received(3).Publish(Arg.Any<Report>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task AnnounceUntilConfirmedAsync_TheBrokerConfirmsTheThird_RepliesOnce()
    {
        var sender = Substitute.For<ISendEndpoint>();
        _context.ResponseAddress.Returns(new Uri("loopback://localhost/sender"));
        _context.ReceiveContext.SendEndpointProvider.GetSendEndpoint(_context.ResponseAddress!).Returns(sender);
        Publish().Returns(Never, Never, Task.CompletedTask);
        var publishing = _context.AnnounceUntilConfirmedAsync(new Report(), _time, _ => { });

        for (var attempt = 0; attempt < 1000 && !publishing.IsCompleted; attempt++)
        {
            _time.Advance(Confirmations.Timeout);
            await Task.Yield();
        }

        await publishing.WaitAsync(TimeSpan.FromSeconds(30), Token);
        await sender.Received(1).Send(Arg.Any<Report>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task AnnounceUntilConfirmedAsync_TheBrokerDoesNotConfirm_WaitsLongerEachTime()
    {
        Publish().Returns(Never);
        var limits = new List<string>();
        using var delivery = new CancellationTokenSource();
        _context.CancellationToken.Returns(delivery.Token);
        var publishing = _context.AnnounceUntilConfirmedAsync(
            new Report(),
            _time,
            exception =>
            {
                limits.Add(exception.Message);
                if (limits.Count == 6)
                    delivery.Cancel();
            }
        );

        for (var attempt = 0; attempt < 1000 && !publishing.IsCompleted; attempt++)
        {
            _time.Advance(Confirmations.Timeout);
            await Task.Yield();
        }

        await Should.ThrowAsync<OperationCanceledException>(() => publishing.WaitAsync(TimeSpan.FromSeconds(30), Token));
        limits.ShouldBe(
            new[] { 30, 60, 120, 240, 300, 300 }.Select(limit => $"The broker did not confirm a message within {limit} s."),
            ignoreOrder: false
        );
    }

    [Fact]
    public async Task AnnounceUntilConfirmedAsync_TheBrokerTakesTheCommandBack_IsCancelled()
    {
        using var delivery = new CancellationTokenSource();
        _context.CancellationToken.Returns(delivery.Token);
        Publish().Returns(Never);
        var publishing = _context.AnnounceUntilConfirmedAsync(new Report(), _time, _ => { });

        await delivery.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => publishing.WaitAsync(TimeSpan.FromSeconds(30), Token));
    }

    private Task Publish() => _context.Publish(Arg.Any<Report>(), Arg.Any<CancellationToken>());

    public sealed record Report;
}
