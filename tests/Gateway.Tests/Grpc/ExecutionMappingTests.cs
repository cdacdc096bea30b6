using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Grpc;

namespace CodeInterpreter.Gateway.Tests.Grpc;

/// <summary>A value added to an enumeration on one side must not get lost on the other.</summary>
public sealed class ExecutionMappingTests
{
    [Fact]
    public void ToMessage_EveryOutcome_KeepsItsName() => ShouldKeepNames<Outcome>(value => ExecutionMapping.ToMessage(value));

    [Fact]
    public void ToMessage_EveryKilledBy_KeepsItsName() => ShouldKeepNames<KilledBy>(value => ExecutionMapping.ToMessage(value));

    [Fact]
    public void ToMessage_EverySkipReason_KeepsItsName() => ShouldKeepNames<SkipReason>(value => ExecutionMapping.ToMessage(value));

    [Fact]
    public void ToMessage_EveryStatus_KeepsItsName() => ShouldKeepNames<ExecutionStatus>(value => ExecutionMapping.ToMessage(value));

    private static void ShouldKeepNames<T>(Func<T, object> map)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            map(value).ToString().ShouldBe(value.ToString());
        }
    }
}
