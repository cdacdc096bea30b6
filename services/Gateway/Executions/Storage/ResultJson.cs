using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Executions.Storage;

/// <summary>Results and log entries as JSON for the database.</summary>
[JsonSerializable(typeof(ExecutionResult))]
[JsonSerializable(typeof(LogEntry))]
internal sealed partial class ResultJson : JsonSerializerContext
{
    /// <summary>Escapes only what JSON requires, because it is never part of a page: other text would take twice the space.</summary>
    public static readonly ResultJson Compact = new(
        new JsonSerializerOptions
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }
    );
}
