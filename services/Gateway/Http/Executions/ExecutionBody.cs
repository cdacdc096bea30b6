using System.ComponentModel.DataAnnotations;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Http.Json;

namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>An execution and, once it has finished, its result.</summary>
internal sealed record ExecutionBody
{
    /// <summary>Its id.</summary>
    [RegularExpression(Patterns.ExecutionId)]
    public required string ExecutionId { get; init; }

    /// <summary>Its owner.</summary>
    [RegularExpression(Patterns.UserId)]
    public required string UserId { get; init; }

    /// <summary>Its status.</summary>
    public required ExecutionStatus Status { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>When a runner started it; null until then.</summary>
    public required DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it finished; null until then.</summary>
    public required DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Its result; null until it has finished.</summary>
    public required ExecutionResultBody? Result { get; init; }
}
