using System.Reflection;
using System.Text.Json;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Messaging;
using CodeInterpreter.ServiceDefaults.Trust;
using MassTransit.Context;
using MassTransit.Serialization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Tests.Executions.Messaging;

public sealed class CommandSealTests
{
    private static readonly string Json = SystemTextJsonRawMessageSerializer.JsonContentType.MediaType;

    private static readonly ExecuteCode Command = new()
    {
        ExecutionId = "a",
        UserId = "u",
        Code = "1",
        WallTimeSeconds = 1,
        AcceptedAt = DateTimeOffset.UnixEpoch,
        Deadline = DateTimeOffset.UnixEpoch,
    };

    // Another value of each type that a field has.
    private static readonly object[] Others =
    [
        "other",
        2.5,
        true,
        DateTimeOffset.UnixEpoch.AddDays(1),
        new List<InputFile> { new("id", "name", 1) },
        new List<string> { "other" },
        new Dictionary<string, string> { ["OTHER"] = "1" },
        ExecutionLimits.None with
        {
            Files = 1,
        },
    ];

    private readonly TrustTokens _tokens = new(
        Options.Create(new TrustOptions { Key = Convert.ToBase64String(new byte[32]) }),
        TimeProvider.System
    );

    public static TheoryData<string> Fields =>
        [.. typeof(ExecuteCode).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name)];

    [Fact]
    public void ACommandAsItWasSealed_IsAccepted() => Accepts(Command, Command).ShouldBeTrue();

    /// <summary>A new field is covered, too: the test finds all of them.</summary>
    [Theory]
    [MemberData(nameof(Fields))]
    public void ACommandWithAnotherValue_IsRefused(string field) => Accepts(Command, Change(field)).ShouldBeFalse();

    [Fact]
    public async Task TheGateway_SealsItsCommandsAsTheyAreSent()
    {
        var seals = new CommandSeals(_tokens, NullLogger<CommandSeals>.Instance);
        var sent = new MessageSendContext<ExecuteCode>(Command) { Serializer = SystemTextJsonMessageSerializer.Instance };

        await seals.PreSend(sent);

        sent.Headers.TryGetHeader("execute-code-seal", out var seal).ShouldBeTrue();
        seals.Accept(sent.ContentType!.MediaType, sent.Body.GetBytes(), (string)seal, null).ShouldBeTrue();
        seals.Accept(sent.ContentType.MediaType, sent.Body.GetBytes(), null, null).ShouldBeFalse();
    }

    private bool Accepts(ExecuteCode asSealed, ExecuteCode deferred) =>
        new CommandSeals(_tokens, NullLogger<CommandSeals>.Instance).Accept(
            Json,
            Serialize(deferred),
            _tokens.SealOf(Json, Serialize(asSealed)),
            null
        );

    private static byte[] Serialize(ExecuteCode command) =>
        JsonSerializer.SerializeToUtf8Bytes(command, SystemTextJsonMessageSerializer.Options);

    private static ExecuteCode Change(string field)
    {
        var changed = Command with { };
        var property = typeof(ExecuteCode).GetProperty(field)!;
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        property.SetValue(changed, Others.Single(type.IsInstanceOfType));
        return changed;
    }
}
