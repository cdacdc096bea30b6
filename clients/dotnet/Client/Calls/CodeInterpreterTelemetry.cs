namespace CodeInterpreter.Client;

/// <summary>Names to give to OpenTelemetry, or to any other listener.</summary>
public static class CodeInterpreterTelemetry
{
    /// <summary>The source of the client's activities: one for each operation, with all of its attempts.</summary>
    public const string ActivitySourceName = "CodeInterpreter.Client";

    /// <summary>
    /// The client's meter, with <c>code_interpreter.client.operation.duration</c>, <c>code_interpreter.client.attempts.repeated</c> and
    /// <c>code_interpreter.client.executions.finished</c>.
    /// </summary>
    public const string MeterName = "CodeInterpreter.Client";
}
