namespace CodeInterpreter.Contracts;

/// <summary>Command to the runner that holds an interactive execution: give this to its standard input.</summary>
public sealed record ExecutionInput
{
    /// <summary>The execution.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>Its user. Input from another user is dropped.</summary>
    public required string UserId { get; init; }

    /// <summary>What the code reads next.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether the end of the input follows.</summary>
    public bool End { get; init; }
}
