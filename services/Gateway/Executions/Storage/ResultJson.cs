using System.Text.Json.Serialization;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Following;

namespace CodeInterpreter.Gateway.Executions.Storage;

/// <summary>How results and log entries are written into the database.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ExecutionResult))]
[JsonSerializable(typeof(LogEntry))]
internal sealed partial class ResultJson : JsonSerializerContext;
