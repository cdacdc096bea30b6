using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Executions.Lifecycle;

/// <summary>The callers of this replica that wait for the results of executions.</summary>
internal interface IResultSubscribers
{
    /// <summary>Number of waiting callers.</summary>
    int Count { get; }

    /// <summary>Whether a caller waits for the result of that execution.</summary>
    bool Has(string executionId);

    /// <summary>Hands a result to each caller that waits for it; returns whether there was one that did not have it yet.</summary>
    bool Publish(ExecutionFinished finished);
}
