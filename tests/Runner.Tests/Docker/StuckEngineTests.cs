using CodeInterpreter.Runner.Docker;
using CodeInterpreter.Runner.Sandboxes;
using CodeInterpreter.Runner.Settings;
using Docker.DotNet;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Runner.Tests.Docker;

/// <summary>An engine that hangs is a failure of the engine, which the runner survives.</summary>
public sealed class StuckEngineTests
{
    private const string RunnerId = "r";

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SweepAsync_EngineDoesNotAnswer_IsAnEngineFailure()
    {
        await using var stuck = new StuckEngine(_ => null);
        using var docker = Connect(stuck, TimeSpan.FromMilliseconds(200));

        await Should.ThrowAsync<SandboxEngineException>(() => EngineOver(docker).SweepAsync(Token));
    }

    [Fact]
    public async Task EachCall_SilentEngine_EndsInTime()
    {
        await using var stuck = new StuckEngine(_ => null);
        using var docker = Connect(stuck, Timeout.InfiniteTimeSpan);
        var engine = EngineOver(docker);

        Task[] calls = [engine.CheckAsync(Token), engine.LimitAsync("a", 1, null, Token), engine.SweepAsync(Token)];
        _time.Advance(TimeSpan.FromMinutes(2));

        foreach (var call in calls)
            await Should.ThrowAsync<SandboxEngineException>(() => call.WaitAsync(TimeSpan.FromSeconds(30), Token));
    }

    [Fact]
    public async Task SweepAsync_UnreadableAnswer_IsAnEngineFailure()
    {
        await using var stuck = new StuckEngine(_ => StuckEngine.Answer("200 OK", "<html>a proxy that answers for it</html>"));
        using var docker = Connect(stuck, Timeout.InfiniteTimeSpan);

        await Should.ThrowAsync<SandboxEngineException>(() => EngineOver(docker).SweepAsync(Token));
    }

    [Fact]
    public async Task SweepAsync_Cancelled_IsACancellation()
    {
        var asked = new TaskCompletionSource();
        await using var stuck = new StuckEngine(_ =>
        {
            asked.TrySetResult();
            return null;
        });
        using var docker = Connect(stuck, Timeout.InfiniteTimeSpan);
        using var gone = new CancellationTokenSource();
        var sweep = EngineOver(docker).SweepAsync(gone.Token);
        await asked.Task;

        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => sweep);
    }

    [Fact]
    public async Task SweepAsync_OneRemovalHangs_OthersAreSwept()
    {
        var gone = false;
        await using var stuck = new StuckEngine(request =>
            request switch
            {
                _ when request.StartsWith("GET ", StringComparison.Ordinal) => List("stuck", "left"),
                _ when request.Contains("/stuck", StringComparison.Ordinal) => InProgress(),
                _ when Interlocked.Exchange(ref gone, true) => StuckEngine.Answer("404 Not Found", """{"message":"no such container"}"""),
                _ => StuckEngine.Answer("204 No Content", ""),
            }
        );
        using var docker = Connect(stuck, Timeout.InfiniteTimeSpan);

        (await EngineOver(docker).SweepAsync(Token)).ShouldBe(1);

        string InProgress()
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            return StuckEngine.Answer("409 Conflict", """{"message":"removal of container stuck is already in progress"}""");
        }
    }

    [Fact]
    public async Task SweepAsync_OneRemovedMeanwhile_IsNotCounted()
    {
        await using var stuck = new StuckEngine(request =>
            request.StartsWith("GET ", StringComparison.Ordinal)
                ? List("gone")
                : StuckEngine.Answer("404 Not Found", """{"message":"no such container"}""")
        );
        using var docker = Connect(stuck, Timeout.InfiniteTimeSpan);

        (await EngineOver(docker).SweepAsync(Token)).ShouldBe(0);
    }

    private static string List(params string[] ids) =>
        StuckEngine.Answer(
            "200 OK",
            $"[{string.Join(',', ids.Select(id =>
        $$"""{"Id":"{{id}}","Names":["/{{id}}"],"State":"exited","Labels":{"{{SandboxLabels.Runner}}":"{{RunnerId}}"} }"""))}]"
        );

    private static DockerClient Connect(StuckEngine stuck, TimeSpan timeout)
    {
        using var configuration = new DockerClientConfiguration(new Uri(stuck.Address), defaultTimeout: timeout);
        return configuration.CreateClient();
    }

    private DockerSandboxEngine EngineOver(IDockerClient docker)
    {
        var sandbox = Options.Create(new SandboxOptions());
        var runner = Options.Create(new RunnerOptions { Id = RunnerId });
        return new DockerSandboxEngine(
            docker,
            new DockerEngineCheck(docker, sandbox),
            EngineUnderTest.ImageCheck(docker, sandbox, runner),
            sandbox,
            runner,
            _time,
            NullLogger<DockerSandboxEngine>.Instance
        );
    }
}
