using CodeInterpreter.Runner.Docker;
using CodeInterpreter.Runner.Sandboxes;

namespace CodeInterpreter.Runner.Tests.Docker;

public sealed class SandboxContainerTests
{
    private const long UserId = 1_900_000_001;

    private static readonly SandboxOptions Options = new();

    [Fact]
    public void Describe_Defaults_AreHardened()
    {
        var container = SandboxContainer.Describe(UserId, SandboxProfile.Bare, "runner-1", Options, "{}");
        var host = container.HostConfig;

        host.NetworkMode.ShouldBe("none");
        container.NetworkDisabled.ShouldBeTrue();
        host.ReadonlyRootfs.ShouldBeTrue();
        host.Privileged.ShouldBeFalse();
        host.CapDrop.ShouldBe(["ALL"]);
        host.CapAdd.ShouldBe(["SETUID", "SETGID", "KILL"]);
        host.SecurityOpt.ShouldBe(["no-new-privileges", "seccomp={}"]);
        host.Memory.ShouldBe(Options.MemoryBytes);
        host.MemorySwap.ShouldBe(host.Memory, "no swap");
        host.PidsLimit.ShouldBe(Options.Processes + 1, "the supervisor is none of the code's");
        host.OomScoreAdj.ShouldBe(800, "where the machine has no memory left, it is a sandbox that ends");
        host.CPUShares.ShouldBe(128, "what serves the users comes before what they run");
        host.Binds.ShouldBeNull();
        host.Mounts.ShouldBeNull();
        host.LogConfig.Type.ShouldBe("none");
        container.Env.ShouldBeNull();
    }

    [Fact]
    public void Describe_EntryPointOfTheImage_IsIgnored()
    {
        var container = SandboxContainer.Describe(UserId, SandboxProfile.Bare, "runner-1", Options, "{}");

        container.Entrypoint.ShouldBe(["/usr/bin/python3", "/opt/supervisor/__main__.py"]);
        container.User.ShouldBe("0:0");
        container.WorkingDir.ShouldBe("/mnt/data");
        container.Healthcheck.Test.ShouldBe(["NONE"], "the engine would start it beside the supervisor, as root");
    }

    [Fact]
    public void Describe_EveryWritablePath_IsLimitedAndWithoutExec()
    {
        var tmpfs = SandboxContainer.Describe(UserId, SandboxProfile.Bare, "runner-1", Options, "{}").HostConfig.Tmpfs;

        tmpfs.Keys.ShouldBe(["/mnt/data", "/tmp", "/home/sandbox", "/dev/shm", "/run/sandbox"]);
        foreach (var options in tmpfs.Values)
        {
            options.Split(',').ShouldContain("noexec");
            options.Split(',').ShouldContain("nosuid");
            options.Split(',').ShouldContain("nodev");
            options.ShouldContain("size=");
            options.ShouldContain("nr_inodes=");
        }
    }

    [Fact]
    public void Describe_UserId_OwnsItsPathsAndIsInTheName()
    {
        var container = SandboxContainer.Describe(UserId, SandboxProfile.Bare, "runner-1", Options, "{}");

        container.Name.ShouldBe("code-interpreter-sandbox-1900000001");
        container.HostConfig.Tmpfs["/mnt/data"].ShouldContain("uid=1900000001,gid=1900000001");
        container.HostConfig.Tmpfs["/home/sandbox"].ShouldContain("uid=1900000001,gid=1900000001");
    }

    [Fact]
    public void Describe_FilesAboutTheHost_AreHidden()
    {
        var host = SandboxContainer.Describe(UserId, SandboxProfile.Bare, "runner-1", Options, "{}").HostConfig;

        host.CgroupnsMode.ShouldBe("private");
        host.MaskedPaths.ShouldBeUnique();
        string[] expected =
        [
            "/proc/kcore",
            "/proc/keys",
            "/proc/timer_list",
            "/sys/firmware",
            "/proc/cmdline",
            "/proc/modules",
            "/sys/block",
            "/sys/class",
            "/sys/devices/virtual",
            "/dev/mqueue",
            "/dev/pts",
        ];
        host.MaskedPaths.ShouldBe(host.MaskedPaths.Union(expected));
        host.ReadonlyPaths.ShouldContain("/proc/sys");
        host.ReadonlyPaths.ShouldContain("/proc/sysrq-trigger");
    }

    [Fact]
    public void Describe_Labels_NameItsRunner()
    {
        var container = SandboxContainer.Describe(UserId, SandboxProfile.Data, "runner-1", Options, "{}");

        container.Labels["code-interpreter.role"].ShouldBe("sandbox");
        container.Labels["code-interpreter.runner"].ShouldBe("runner-1");
        container.Cmd.ShouldBe(["data", "1900000001"]);
    }

    [Theory]
    [InlineData(null, 256)]
    [InlineData(1, 1)]
    [InlineData(1000, 256)]
    public void ProcessLimit_IsThatOfTheCode(int? asked, int expected) =>
        SandboxContainer.Limit(Options, null, asked).PidsLimit.ShouldBe(expected + 1);

    [Fact]
    public void Describe_WithoutSeccomp_OnlyIfTheOperatorAllowsIt() =>
        SandboxContainer
            .Describe(UserId, SandboxProfile.Bare, "r", new SandboxOptions { AllowWithoutSeccomp = true }, "{}")
            .HostConfig.SecurityOpt.ShouldBe(["no-new-privileges"]);
}
