using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Executions;

/// <summary>The memory that the output of all executions may take together, beyond the texts that results have in any case.</summary>
internal sealed class OutputBudget(IOptions<ExecutionLimitOptions> options)
{
    private readonly Lock _lock = new();
    private long _left = options.Value.OutputMemoryBytes;

    /// <summary>Takes as many of these bytes as are left.</summary>
    public long Take(long bytes)
    {
        lock (_lock)
        {
            var taken = Math.Min(bytes, _left);
            _left -= taken;
            return taken;
        }
    }

    public void Return(long bytes)
    {
        lock (_lock)
            _left += bytes;
    }
}
