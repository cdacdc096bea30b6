using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CodeInterpreter.Gateway.Audit;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Tests.Access;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Gateway.Tests.Audit;

/// <summary>What the audit log says about calls.</summary>
public sealed class AuditTests(RequiredAccessFixture fixture) : IClassFixture<RequiredAccessFixture>
{
    private const string Code = "print('secret plan')";

    [Fact]
    public async Task AnExecution_IsRecordedWithItsCaller_AndWithoutItsCode()
    {
        var body = JsonContent.Create(new JsonObject { ["user_id"] = "u1", ["code"] = Code });
        using var response = await fixture.SendAsync(HttpMethod.Post, "/v1/executions", RequiredAccessFixture.Bearer(fixture.AnyKey), body);
        response.IsSuccessStatusCode.ShouldBeTrue();

        var entry = Entries(90).Single(entry => Value(entry, "UserId") == "u1");
        Value(entry, "CallerId").ShouldBe($"key/{fixture.AnyKey.KeyId}");
        Value(entry, "Language").ShouldBe("python");
        Value(entry, "CodeLength").ShouldBe($"{Code.Length}");
        Value(entry, "ExecutionId").ShouldNotBeNullOrEmpty();
        entry.ToString().ShouldNotContain("plan");
    }

    [Theory]
    [InlineData("bound", "mallory", "Forbidden", "mallory")]
    [InlineData("bound", "not an id", "Forbidden", "?")]
    [InlineData("none", "u2", "Unauthenticated", "?")]
    public async Task ARefusedCall_IsRecordedWithItsCallerAndReason(string key, string user, string reason, string recordedUser)
    {
        var credentials = key == "bound" ? RequiredAccessFixture.Bearer(fixture.BoundKey) : null;
        using var response = await fixture.SendAsync(
            HttpMethod.Get,
            $"/v1/files/{key}-{reason}?user_id={Uri.EscapeDataString(user)}",
            credentials
        );
        response.IsSuccessStatusCode.ShouldBeFalse();

        var entry = Entries(91).Last(entry => Value(entry, "Reason") == reason && Value(entry, "UserId") == recordedUser);
        Value(entry, "CallerId").ShouldBe(key == "bound" ? $"key/{fixture.BoundKey.KeyId}" : "none");
        Value(entry, "Endpoint").ShouldBe("GET /v1/files/{file_id}");
        Value(entry, "Address").ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task DeletionOfAUser_IsRecordedWithItsCaller()
    {
        using var response = await fixture.SendAsync(HttpMethod.Delete, "/v1/users/deleted", RequiredAccessFixture.Bearer(fixture.AnyKey));
        response.IsSuccessStatusCode.ShouldBeTrue();

        var entry = Entries(98).Single(entry => Value(entry, "UserId") == "deleted");
        Value(entry, "CallerId").ShouldBe($"key/{fixture.AnyKey.KeyId}");
        (Value(entry, "Executions"), Value(entry, "Files")).ShouldBe(("0", "0"));
    }

    [Fact]
    public void AFloodWithoutCredentials_DoesNotHideRefusalsOfKnownCallers()
    {
        using var log = new FakeLoggerProvider();
        using var loggers = new LoggerFactory([log]);
        var audit = new AuditLog(loggers, new FakeTimeProvider());

        for (var i = 0; i < AuditLog.RefusalsPerMinute + 5; i++)
            audit.Refused(GatewayErrorKind.Unauthenticated, "", null, "GET /", "::1");
        audit.Refused(GatewayErrorKind.Forbidden, "key/a", "u", "GET /", "::1");
        audit.RefusedExecution(GatewayErrorKind.LimitReached, "key/a", "u");

        log.Collector.GetSnapshot().TakeLast(2).Select(record => record.Id.Id).ShouldBe([91, 96]);
        log.Collector.Count.ShouldBe(AuditLog.RefusalsPerMinute + 2);
    }

    [Fact]
    public void AFloodOfRefusedCalls_DoesNotFillTheLog()
    {
        using var log = new FakeLoggerProvider();
        using var loggers = new LoggerFactory([log]);
        var time = new FakeTimeProvider();
        var audit = new AuditLog(loggers, time);

        for (var i = 0; i < AuditLog.RefusalsPerMinute + 5; i++)
            audit.Refused(GatewayErrorKind.Unauthenticated, "", null, "GET /", "::1");
        log.Collector.Count.ShouldBe(AuditLog.RefusalsPerMinute);
        time.Advance(TimeSpan.FromMinutes(1));
        audit.Refused(GatewayErrorKind.Unauthenticated, "", null, "GET /", "::1");

        log.Collector.GetSnapshot().TakeLast(2).Select(record => record.Id.Id).ShouldBe([92, 91]);
        log.Collector.GetSnapshot()[^2].Message.ShouldStartWith("5 more refused calls");
    }

    private List<FakeLogRecord> Entries(int id) =>
        [.. fixture.Log.Collector.GetSnapshot().Where(record => record.Category == "CodeInterpreter.Audit" && record.Id.Id == id)];

    private static string? Value(FakeLogRecord record, string name) => record.GetStructuredStateValue(name);
}
