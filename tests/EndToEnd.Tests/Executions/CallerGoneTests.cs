using System.Net.Http.Json;
using CodeInterpreter.Execution.V1;
using Grpc.Core;

namespace CodeInterpreter.EndToEnd.Tests.Executions;

/// <summary>A caller goes away while its code runs.</summary>
public sealed class CallerGoneTests(StandaloneFixture product)
{
    private readonly string _user = StandaloneFixture.NewUser();
    private readonly Marker _marker = new();

    private string Endless => $"import time\nprint('begun')\n{_marker.Start}\nwhile True: time.sleep(1)";

    [Fact]
    public async Task Execute_HttpCallerDisconnects_CancelsTheExecution()
    {
        using var gone = new CancellationTokenSource();
        var call = product.Http.PostAsJsonAsync("/v1/executions", new { user_id = _user, code = Endless }, gone.Token);

        await ShouldBeCancelledAsync(async () =>
        {
            await gone.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => call);
        });
    }

    [Fact]
    public async Task Execute_GrpcCallerDisconnects_CancelsTheExecution()
    {
        using var gone = new CancellationTokenSource();
        var executions = new ExecutionService.ExecutionServiceClient(product.Grpc);
        var call = executions.ExecuteAsync(new ExecuteRequest { UserId = _user, Code = Endless }, cancellationToken: gone.Token);

        await ShouldBeCancelledAsync(async () =>
        {
            await gone.CancelAsync();
            await Should.ThrowAsync<RpcException>(() => call.ResponseAsync);
        });
    }

    [Fact]
    public async Task ExecuteInteractive_CallerDisconnects_CancelsTheExecution()
    {
        using var gone = new CancellationTokenSource();
        var executions = new ExecutionService.ExecutionServiceClient(product.Grpc);
        using var call = executions.ExecuteInteractive(cancellationToken: gone.Token);
        await call.RequestStream.WriteAsync(
            new InteractiveRequest
            {
                Start = new ExecuteRequest { UserId = _user, Code = Endless },
            },
            gone.Token
        );

        await ShouldBeCancelledAsync(() => gone.CancelAsync());
    }

    [Fact]
    public async Task Submit_CallerDisconnects_LeavesTheExecution()
    {
        string executionId;
        using (var caller = new HttpClient { BaseAddress = product.Http.BaseAddress })
            executionId = await caller.SubmitAsync(new { user_id = _user, code = "import time\ntime.sleep(1)\nprint('done')" });

        (await product.Http.WaitAsync(_user, executionId)).Text("output").ShouldBe("done\n");
    }

    private async Task ShouldBeCancelledAsync(Func<Task> leaveAsync)
    {
        var container = await _marker.ContainerAsync(product.RunnerId);

        await leaveAsync();

        await Marker.GoneAsync(product.RunnerId, container);
        var execution = (await product.Http.ListExecutionsAsync(_user)).ShouldHaveSingleItem();
        var result = await product.Http.WaitAsync(_user, execution.Text("execution_id"));
        (result.Text("outcome"), result.Text("output")).ShouldBe(("Cancelled", "begun\n"));
    }
}
