namespace CodeInterpreter.Gateway.Executions.Intake;

/// <summary>Makes execution ids: sortable by time, 74 bits of them random.</summary>
internal sealed class ExecutionIds(TimeProvider timeProvider)
{
    public string Next() => Guid.CreateVersion7(timeProvider.GetUtcNow()).ToString("N");
}
