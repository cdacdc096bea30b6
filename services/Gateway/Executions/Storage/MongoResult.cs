using System.Text.Json;
using CodeInterpreter.Contracts;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Conventions;
using MongoDB.Bson.Serialization.Serializers;

namespace CodeInterpreter.Gateway.Executions.Storage;

/// <summary>
/// Results as documents: names as in the HTTP API, enumerations by name, times as dates. Operators can query parts of a document. It is
/// also
/// smaller than JSON, which takes six bytes for a control character; a document has at most 16 MiB.
/// </summary>
internal static class MongoResult
{
    static MongoResult()
    {
        var conventions = new ConventionPack
        {
            new EnumRepresentationConvention(BsonType.String),
            new IgnoreIfNullConvention(true),
            // An older gateway can read what a newer one wrote.
            new IgnoreExtraElementsConvention(true),
        };
        conventions.AddMemberMapConvention(
            "snake_case",
            member => member.SetElementName(JsonNamingPolicy.SnakeCaseLower.ConvertName(member.MemberName))
        );
        conventions.AddMemberMapConvention(
            "dates",
            member =>
            {
                var dates = new DateTimeOffsetSerializer(BsonType.DateTime);
                if (member.MemberType == typeof(DateTimeOffset))
                {
                    member.SetSerializer(dates);
                }
                else if (member.MemberType == typeof(DateTimeOffset?))
                {
                    member.SetSerializer(new NullableSerializer<DateTimeOffset>(dates));
                }
            }
        );
        ConventionRegistry.Register("Code Interpreter", conventions, type => type.Assembly == typeof(ExecutionResult).Assembly);
    }

    public static BsonDocument From(ExecutionResult result) => result.ToBsonDocument();

    public static ExecutionResult Read(BsonDocument document) => BsonSerializer.Deserialize<ExecutionResult>(document);
}
