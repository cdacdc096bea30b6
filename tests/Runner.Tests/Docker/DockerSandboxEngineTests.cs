using CodeInterpreter.Runner.Docker;
using CodeInterpreter.Runner.Sandboxes;
using CodeInterpreter.Runner.Sandboxes.Protocol;
using CodeInterpreter.Runner.Settings;
using Docker.DotNet;
using Docker.DotNet.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Tests.Docker;

/// <summary>On a real engine, with the real image. Each test is a runner of its own.</summary>
[Collection(nameof(EngineUnderTest))]
public sealed class DockerSandboxEngineTests : IDisposable
{
    private readonly string _runnerId = $"test-{Guid.NewGuid():N}";
    private readonly FastClock _time = new();
    private readonly IDockerClient _docker = DockerSandboxes.CreateClient(EngineUnderTest.Options());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _docker.Dispose();

    [Fact]
    public async Task StartAsync_Sandbox_IsReadyAndRemovedOnceDisposed()
    {
        var sandbox = await Engine().StartAsync(SandboxProfile.Bare, Token);
        await new SandboxConversation(sandbox.Channel).AwaitReadyAsync(Token);
        (await ContainersAsync(_runnerId)).Count.ShouldBe(1);

        await sandbox.DisposeAsync();

        (await ContainersAsync(_runnerId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task SweepAsync_SandboxesOfAnEarlierProcess_AreRemovedAndUsedOnesKept()
    {
        var earlier = Engine();
        await using var left = await earlier.StartAsync(SandboxProfile.Bare, Token);
        var engine = Engine();
        await using var used = await engine.StartAsync(SandboxProfile.Bare, Token);

        (await engine.SweepAsync(Token)).ShouldBe(1);

        (await ContainersAsync(_runnerId)).ShouldHaveSingleItem().Names.ShouldContain("/" + used.Name);
    }

    [Fact]
    public async Task SweepAsync_UnstartedSandboxOfAnotherRunner_IsRemovedAfterTheGracePeriod()
    {
        var other = $"test-{Guid.NewGuid():N}";
        await _docker.Containers.CreateContainerAsync(
            SandboxContainer.Describe(
                SomeUserId(),
                SandboxProfile.Bare,
                other,
                new SandboxOptions(),
                """{"defaultAction":"SCMP_ACT_ALLOW"}"""
            ),
            Token
        );
        var engine = Engine();

        await engine.SweepAsync(Token);
        (await ContainersAsync(other)).Count.ShouldBe(1);

        _time.Ahead = TimeSpan.FromMinutes(10);
        await engine.SweepAsync(Token);
        (await ContainersAsync(other)).ShouldBeEmpty();
    }

    [Fact]
    public async Task StartAsync_SeveralRunnersOnOneEngine_NoTwoSandboxesHaveOneUserId()
    {
        // So few that they meet: each runner begins anywhere in the range.
        var few = new SandboxOptions { FirstUserId = SomeUserId(), UserIds = 4 };
        var (one, other) = (Engine(few), Engine(few, $"test-{Guid.NewGuid():N}"));
        List<ISandbox> sandboxes = [];
        try
        {
            for (var pair = 0; pair < 2; pair++)
                sandboxes.AddRange(
                    await Task.WhenAll(one.StartAsync(SandboxProfile.Lean, Token), other.StartAsync(SandboxProfile.Lean, Token))
                );

            sandboxes
                .Select(sandbox => sandbox.Name)
                .ShouldBe(Enumerable.Range(0, 4).Select(index => SandboxContainer.NameFor(few.FirstUserId + index)), ignoreOrder: true);
            (await Should.ThrowAsync<SandboxEngineException>(() => other.StartAsync(SandboxProfile.Lean, Token))).Message.ShouldContain(
                "Sandbox:UserIds"
            );

            await sandboxes[0].DisposeAsync();
            sandboxes.Add(await other.StartAsync(SandboxProfile.Lean, Token));
            sandboxes[^1].Name.ShouldBe(sandboxes[0].Name, "an id is free once its sandbox is gone");
        }
        finally
        {
            foreach (var sandbox in sandboxes)
                await sandbox.DisposeAsync();
        }
    }

    [Fact]
    public async Task DisposeAsync_UserIdUsedByAnotherRunner_LeavesThatSandbox()
    {
        var only = new SandboxOptions { FirstUserId = SomeUserId(), UserIds = 1 };
        var other = $"test-{Guid.NewGuid():N}";
        var ended = await Engine(only).StartAsync(SandboxProfile.Lean, Token);
        await _docker.Containers.RemoveContainerAsync(ended.Name, new ContainerRemoveParameters { Force = true }, Token);
        await using var sandbox = await Engine(only, other).StartAsync(SandboxProfile.Lean, Token);

        await ended.DisposeAsync();

        (await ContainersAsync(other)).ShouldHaveSingleItem().State.ShouldBe("running");
    }

    [Fact]
    public async Task FindCauseAsync_SandboxOutOfMemory_IsKnown()
    {
        var small = Engine(new SandboxOptions { MemoryBytes = 64L * 1024 * 1024 });
        await using var other = await small.StartAsync(SandboxProfile.Lean, Token);
        await using var full = await small.StartAsync(SandboxProfile.Lean, Token);
        var filling = await _docker.Exec.ExecCreateContainerAsync(
            full.Name,
            new ContainerExecCreateParameters { Cmd = ["python3", "-c", "bytearray(b'x') * (1 << 30)"], AttachStdout = true },
            Token
        );
        using (var output = await _docker.Exec.StartAndAttachContainerExecAsync(filling.ID, tty: false, Token))
        {
            await output.ReadOutputToEndAsync(Token);
        }

        await _docker.Containers.RemoveContainerAsync(full.Name, new ContainerRemoveParameters { Force = true }, Token);
        await _docker.Containers.RemoveContainerAsync(other.Name, new ContainerRemoveParameters { Force = true }, Token);

        (await full.FindCauseAsync()).ShouldBe(SandboxFailureCause.OutOfMemory);
        (await other.FindCauseAsync()).ShouldBe(SandboxFailureCause.Unknown);
    }

    [Fact]
    public async Task FindCauseAsync_EngineAway_IsThat()
    {
        var nowhere = new Uri($"unix://{Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())}");
        using var docker = new DockerClientConfiguration(nowhere).CreateClient();

        (await docker.System.FindCauseAsync("some id", Token)).ShouldBe(SandboxFailureCause.EngineAway);
    }

    [Fact]
    public async Task CheckAsync_MissingImage_SaysHowToGetIt()
    {
        var engine = Engine(new SandboxOptions { Image = "code-interpreter/no-such-image:dev" });

        (await Should.ThrowAsync<SandboxEngineException>(() => engine.CheckAsync(Token))).Message.ShouldContain("make sandbox-image");
    }

    [Fact]
    public async Task CheckAsync_Image_IsReadAndLeavesNoContainer()
    {
        await Engine(new SandboxOptions { AllowOtherSupervisor = true }).CheckAsync(Token);

        (await ContainersAsync(_runnerId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task CheckAsync_MissingRuntime_NamesTheOption()
    {
        var engine = Engine(new SandboxOptions { OciRuntime = "no-such-runtime" });

        (await Should.ThrowAsync<SandboxEngineException>(() => engine.CheckAsync(Token))).Message.ShouldContain("Sandbox:OciRuntime");
    }

    // Other runs may use the same engine.
    private static long SomeUserId() => Random.Shared.NextInt64(1_000_000_000, 1_500_000_000);

    private DockerSandboxEngine Engine(SandboxOptions? options = null, string? runnerId = null)
    {
        var sandbox = Options.Create(options ?? new SandboxOptions());
        var runner = Options.Create(new RunnerOptions { Id = runnerId ?? _runnerId });
        return new DockerSandboxEngine(
            _docker,
            new DockerEngineCheck(_docker, sandbox),
            EngineUnderTest.ImageCheck(_docker, sandbox, runner),
            sandbox,
            runner,
            _time,
            NullLogger<DockerSandboxEngine>.Instance
        );
    }

    private async Task<IList<ContainerListResponse>> ContainersAsync(string runnerId) =>
        await _docker.Containers.ListContainersAsync(
            new ContainersListParameters
            {
                All = true,
                Filters = new Dictionary<string, IDictionary<string, bool>>
                {
                    ["label"] = new Dictionary<string, bool> { [$"{SandboxLabels.Runner}={runnerId}"] = true },
                },
            },
            Token
        );

    /// <summary>A clock that can be put forward, while timers run as ever: the engine takes its time, too.</summary>
    private sealed class FastClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
