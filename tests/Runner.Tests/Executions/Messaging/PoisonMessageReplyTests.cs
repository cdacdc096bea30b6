using System.Net.Mime;
using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Executions.Messaging;
using MassTransit;

namespace CodeInterpreter.Runner.Tests.Executions.Messaging;

/// <summary>What goes to the error queue is answered, and says why.</summary>
public sealed class PoisonMessageReplyTests
{
    private const string Complete = """
        {
          "executionId": "e", "userId": "u", "code": "", "wallTimeSeconds": 1,
          "acceptedAt": "2026-01-01T00:00:00Z", "deadline": "2026-01-01T00:00:00Z"
        }
        """;

    [Theory]
    [InlineData("""{ "executionId": "e", "userId": "u" }""", "not a complete command")]
    [InlineData("""{ "executionId": "e", "userId": "u", "code": 7 }""", "not a complete command")]
    [InlineData(Complete, "could not publish")]
    public async Task FailedMessage_IsAnsweredWithTheReason(string body, string reason)
    {
        (await AnswerToAsync(body)).Result.Message.ShouldNotBeNull().ShouldContain(reason);
    }

    [Fact]
    public async Task FailedMessage_InvalidResponseAddress_AnswerIsPublished()
    {
        const string Envelope = """
            {
              "messageType": ["urn:message:CodeInterpreter.Contracts:ExecuteCode"], "responseAddress": "no address",
              "message": { "executionId": "e", "userId": "u" }
            }
            """;

        (await AnswerToAsync(Envelope)).ExecutionId.ShouldBe("e");
    }

    private static async Task<ExecutionFinished> AnswerToAsync(string body)
    {
        var answer = new TaskCompletionSource<ExecutionFinished>(TaskCreationOptions.RunContinuationsAsynchronously);
        var bus = Bus.Factory.CreateUsingInMemory(memory =>
        {
            memory.UseRawJsonDeserializer(RawSerializerOptions.AnyMessageType, isDefault: false);
            memory.ReceiveEndpoint(
                "execute-code",
                endpoint =>
                {
                    endpoint.ConfigureError(error => error.UseFilter(new PoisonMessageReply("r", TimeProvider.System)));
                    endpoint.Handler<ExecuteCode>(_ => throw new InvalidOperationException("The bus does not take it."));
                }
            );
            memory.ReceiveEndpoint(
                "answers",
                endpoint =>
                    endpoint.Handler<ExecutionFinished>(context =>
                    {
                        answer.TrySetResult(context.Message);
                        return Task.CompletedTask;
                    })
            );
        });
        await bus.StartAsync(TestContext.Current.CancellationToken);
        try
        {
            var queue = await bus.GetSendEndpoint(new Uri("queue:execute-code"));
            await queue.Send(new Anything(), context => context.Serializer = new Verbatim(body), TestContext.Current.CancellationToken);
            return await answer.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        }
        finally
        {
            await bus.StopAsync(TestContext.Current.CancellationToken);
        }
    }

    private sealed record Anything;

    /// <summary>Sends a text as it is.</summary>
    private sealed class Verbatim(string body) : IMessageSerializer
    {
        public ContentType ContentType { get; } =
            new(body.Contains("messageType", StringComparison.Ordinal) ? "application/vnd.masstransit+json" : "application/json");

        public MessageBody GetMessageBody<T>(SendContext<T> context)
            where T : class => new StringMessageBody(body);
    }
}
