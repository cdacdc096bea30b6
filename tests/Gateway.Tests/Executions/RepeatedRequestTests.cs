using System.Net.Http.Json;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Intake;
using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Requests;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.Gateway.Tests.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CodeInterpreter.Gateway.Tests.Executions;

/// <summary>A request that is repeated while the first of its kind is being taken, and may yet be refused or withdrawn.</summary>
public sealed class RepeatedRequestTests(GatewayFixture fixture)
{
    private readonly string _user = GatewayFixture.NewUser();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ExecutionRequest Request =>
        new()
        {
            UserId = _user,
            Code = "1",
            IdempotencyKey = "key",
        };

    [Fact]
    public async Task Execute_TenAtOnceRefused_HaveTheSameErrorAndTheKeyIsFree()
    {
        var refused = new
        {
            user_id = _user,
            code = "1",
            idempotency_key = "key",
            user_files = (string[])[_user + "_1_gone"],
        };

        var responses = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => fixture.Gateway.Http.PostAsync("/v1/executions", JsonContent.Create(refused), Token))
        );

        foreach (var response in responses)
        {
            using (response)
                await response.ShouldBeProblemAsync(400);
        }

        using var corrected = await fixture.Gateway.Http.ExecuteAsync(
            $$"""{"user_id": "{{_user}}", "code": "1", "idempotency_key": "key"}"""
        );
        ((int)corrected.StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task Execute_FirstRefusedByTheQueue_SecondHasTheSameError()
    {
        var queue = new HeldQueue();
        var intake = CreateIntake(queue);
        var first = intake.AcceptAsync(Request, ExecutionMode.Plain, Token);
        await queue.Entered.Task.WaitAsync(Token);
        var second = intake.AcceptAsync(Request, ExecutionMode.Plain, Token);

        queue.Answer.SetException(new GatewayException(GatewayErrorKind.Overloaded, "full"));

        (await Should.ThrowAsync<GatewayException>(first)).Kind.ShouldBe(GatewayErrorKind.Overloaded);
        (await Should.ThrowAsync<GatewayException>(second)).Kind.ShouldBe(GatewayErrorKind.Overloaded);
    }

    [Fact]
    public async Task Execute_FirstCallerDisconnects_SecondTakesItsPlace()
    {
        var queue = new HeldQueue();
        var intake = CreateIntake(queue);
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var first = intake.AcceptAsync(Request, ExecutionMode.Plain, caller.Token);
        await queue.Entered.Task.WaitAsync(Token);
        var second = intake.AcceptAsync(Request, ExecutionMode.Plain, Token);

        await caller.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        queue.Answer.SetResult();

        using var accepted = await second;
        queue.Taken.ShouldBe([accepted.Execution.ExecutionId]);
        var store = fixture.Gateway.Services.GetRequiredService<IExecutionStore>();
        (await store.FindAsync(_user, accepted.Execution.ExecutionId, Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Execute_TheBusDoesNotConfirm_TheSecondGetsTheSameExecution_AsItMayRun()
    {
        var queue = new HeldQueue();
        var intake = CreateIntake(queue);
        queue.Answer.SetException(new GatewayException(GatewayErrorKind.Unavailable, "away") { MayRun = true });

        var unconfirmed = await Should.ThrowAsync<GatewayException>(intake.AcceptAsync(Request, ExecutionMode.Plain, Token));
        using var repeated = await intake.AcceptAsync(Request, ExecutionMode.Plain, Token);

        unconfirmed.Kind.ShouldBe(GatewayErrorKind.Unavailable);
        unconfirmed.Message.ShouldContain("idempotency_key");
        unconfirmed.ExecutionId.ShouldBe(repeated.Execution.ExecutionId);
        repeated.Execution.Status.ShouldBe(ExecutionStatus.Queued);
    }

    [Fact]
    public async Task Execute_TheBusIsUnavailable_TheSecondIsAnotherExecution()
    {
        var queue = new HeldQueue();
        queue.Answer.SetException(new GatewayException(GatewayErrorKind.Unavailable, "away"));
        await Should.ThrowAsync<GatewayException>(CreateIntake(queue).AcceptAsync(Request, ExecutionMode.Plain, Token));

        var open = new HeldQueue();
        open.Answer.SetResult();

        using var repeated = await CreateIntake(open).AcceptAsync(Request, ExecutionMode.Plain, Token);

        open.Taken.ShouldBe([repeated.Execution.ExecutionId]);
    }

    private ExecutionIntake CreateIntake(IExecutionQueue queue)
    {
        var services = fixture.Gateway.Services;
        return ActivatorUtilities.CreateInstance<ExecutionIntake>(
            services,
            ActivatorUtilities.CreateInstance<CommandPublisher>(services, queue)
        );
    }

    /// <summary>Takes commands when it may.</summary>
    private sealed class HeldQueue : IExecutionQueue
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<string> Taken { get; } = [];

        public async Task EnqueueAsync(ExecuteCode command, CancellationToken cancellationToken)
        {
            Entered.TrySetResult();
            await Answer.Task.WaitAsync(cancellationToken);
            lock (Taken)
                Taken.Add(command.ExecutionId);
        }

        public Task CancelAsync(CancelExecution command, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task SendInputAsync(Uri address, ExecutionInput input, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
