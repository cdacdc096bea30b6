using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Requests;
using CommandLimits = CodeInterpreter.Contracts.ExecutionLimits;

namespace CodeInterpreter.Gateway.Tests.Executions.Requests;

public sealed class RequestedLimitsTests
{
    private static readonly ExecutionOptions Lowered = new()
    {
        MaxCpuTime = TimeSpan.FromSeconds(7),
        MaxMemoryBytes = 100_000_000,
        MaxProcesses = 9,
        MaxOutputBytes = 10,
        MaxFileBytes = 11,
        MaxFiles = 12,
        MaxTotalFileBytes = 13,
    };

    [Fact]
    public void Within_LoweredMaxima_ApplyWithoutARequestedLimit() =>
        RequestedLimits.None.Within(Lowered).ShouldBe(new CommandLimits(7, 100_000_000, 9, 10, 11, 12, 13));

    [Fact]
    public void Within_RequestedLimits_AreSent()
    {
        var asked = new RequestedLimits
        {
            CpuTimeSeconds = 1,
            MemoryBytes = 70_000_000,
            Processes = 8,
            OutputBytes = 2,
            FileBytes = 3,
            Files = 4,
            TotalFileBytes = 5,
        };

        asked.Within(Lowered).ShouldBe(new CommandLimits(1, 70_000_000, 8, 2, 3, 4, 5));
    }

    [Fact]
    public void Within_DefaultMaxima_SetNoLimits()
    {
        var limits = RequestedLimits.None.Within(new ExecutionOptions());

        limits.ShouldBe(new CommandLimits(null, null, null, 1024 * 1024, 50L * 1024 * 1024, 200, 256L * 1024 * 1024));
    }
}
