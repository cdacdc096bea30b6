namespace CodeInterpreter.Runner.Executions.Messaging;

/// <summary>This runner's own endpoint. It is known once the bus has been configured, and lives as long as the runner.</summary>
internal sealed class RunnerAddress
{
    private volatile Uri? _value;

    public string Name { get; } = $"runner-{Guid.NewGuid():N}";

    public Uri Value
    {
        get => _value ?? throw new InvalidOperationException("The bus has not been configured with the runner's consumers.");
        set => _value = value;
    }
}
