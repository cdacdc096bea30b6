using CodeInterpreter.Runner.Docker;
using CodeInterpreter.Runner.Sandboxes;
using Docker.DotNet.Models;

namespace CodeInterpreter.Runner.Tests.Docker;

public sealed class DockerEngineCheckTests
{
    public static TheoryData<string> Limits => ["memory", "swap", "processes", "processors"];

    [Fact]
    public void CheckLimits_TheEngineHasAll_IsFine() => DockerEngineCheck.CheckLimits(Engine(""), allowWithout: false);

    [Theory]
    [MemberData(nameof(Limits))]
    public void CheckLimits_TheEngineLacksOne_NamesItAndTheOption(string missing)
    {
        var message = Should.Throw<SandboxEngineException>(() => DockerEngineCheck.CheckLimits(Engine(missing), allowWithout: false)).Message;

        message.ShouldContain($"cannot limit {missing} (");
        message.ShouldContain("Sandbox:AllowWithoutLimits");
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public void CheckLimits_TheOperatorAllowsIt_IsFine(string missing) => DockerEngineCheck.CheckLimits(Engine(missing), allowWithout: true);

    private static SystemInfoResponse Engine(string missing) => new()
    {
        MemoryLimit = missing != "memory",
        SwapLimit = missing != "swap",
        PidsLimit = missing != "processes",
        CPUCfsQuota = missing != "processors",
        CPUCfsPeriod = true,
    };
}
