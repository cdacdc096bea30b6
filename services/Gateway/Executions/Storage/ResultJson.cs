using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Following;

namespace CodeInterpreter.Gateway.Executions.Storage;

/// <summary>How results and log entries are written into the database.</summary>
[JsonSerializable(typeof(ExecutionResult))]
[JsonSerializable(typeof(LogEntry))]
internal sealed partial class ResultJson : JsonSerializerContext
{
    /// <summary>Never part of a page, so that only what JSON itself asks for is escaped: text of other languages would take twice as much.</summary>
    public static readonly ResultJson Compact = new(
        new JsonSerializerOptions
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }
    );
}
