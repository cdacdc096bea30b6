using System.ComponentModel.DataAnnotations;
using CodeInterpreter.Gateway.Executions.Requests;
using CodeInterpreter.Gateway.Http.Json;

namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>Input of an interactive execution.</summary>
internal sealed record ExecutionInputBody
{
    /// <summary>The owner, if the query has none.</summary>
    [RegularExpression(Patterns.UserId)]
    public string? UserId { get; init; }

    /// <summary>Text for standard input, at most 64 KiB of UTF-8.</summary>
    [MaxLength(RequestLimits.InputBytes)]
    public string? Text { get; init; }

    /// <summary>Whether to close the input after the text.</summary>
    public bool? End { get; init; }
}
