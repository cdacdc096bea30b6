using CodeInterpreter.Runner.Docker;
using CodeInterpreter.Runner.Sandboxes;
using Docker.DotNet.Models;

namespace CodeInterpreter.Runner.Tests.Docker;

public sealed class DockerEngineCheckTests
{
    public static TheoryData<string> Limits => ["memory", "swap", "processes", "processors"];

    [Fact]
    public void CheckLimits_EngineHasAll_Passes() => DockerEngineCheck.CheckLimits(Engine(""), allowWithout: false);

    [Theory]
    [MemberData(nameof(Limits))]
    public void CheckLimits_EngineLacksOne_NamesItAndTheOption(string missing)
    {
        var message = Should
            .Throw<SandboxEngineException>(() => DockerEngineCheck.CheckLimits(Engine(missing), allowWithout: false))
            .Message;

        message.ShouldContain($"cannot limit {missing} (");
        message.ShouldContain("Sandbox:AllowWithoutLimits");
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public void CheckLimits_AllowedByTheOperator_Passes(string missing) =>
        DockerEngineCheck.CheckLimits(Engine(missing), allowWithout: true);

    [Theory]
    [InlineData("name=userns", true)]
    [InlineData("name=rootless", true)]
    [InlineData("name=seccomp,profile=builtin", false)]
    public void CheckUserIds_EngineWithUserNamespaces_HasNoHighIds(string securityOption, bool maps)
    {
        var engine = new SystemInfoResponse { SecurityOptions = [securityOption] };

        DockerEngineCheck.MapsUsers(engine).ShouldBe(maps);
        DockerEngineCheck.CheckUserIds(engine, new SandboxOptions());
        DockerEngineCheck.CheckUserIds(engine, new SandboxOptions { FirstUserId = 20_000 });
        var high = new SandboxOptions { FirstUserId = 60_000 };
        if (maps)
            Should
                .Throw<SandboxEngineException>(() => DockerEngineCheck.CheckUserIds(engine, high))
                .Message.ShouldContain("Sandbox:FirstUserId");
        else
            DockerEngineCheck.CheckUserIds(engine, high);
    }

    [Fact]
    public void Fit_EngineWithUserNamespaces_UsesLowIdsUnlessSet()
    {
        TakenOf(new SandboxOptions(), mapped: true).ShouldBeInRange(20_000, 29_999);
        TakenOf(new SandboxOptions(), mapped: false).ShouldBeInRange(1_900_000_000, 1_900_009_999);
        TakenOf(new SandboxOptions { FirstUserId = 30_000, UserIds = 256 }, mapped: true).ShouldBeInRange(30_000, 30_255);
    }

    private static long TakenOf(SandboxOptions options, bool mapped)
    {
        var ids = new SandboxUserIds(options);
        ids.Fit(mapped);
        return ids.Take();
    }

    private static SystemInfoResponse Engine(string missing) =>
        new()
        {
            MemoryLimit = missing != "memory",
            SwapLimit = missing != "swap",
            PidsLimit = missing != "processes",
            CPUCfsQuota = missing != "processors",
            CPUCfsPeriod = true,
        };
}
