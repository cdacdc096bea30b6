using CodeInterpreter.Discord.Platform.Commands;
using CodeInterpreter.Discord.Platform.Messages;
using CodeInterpreter.Discord.Platform.Rest;

namespace CodeInterpreter.Discord.Tests.Platform.Rest;

public sealed class RequestTests : IDisposable
{
    private readonly RestFixture _fixture = new();

    private ScriptedDiscord.Call Call => _fixture.Discord.Calls.ShouldHaveSingleItem();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task AnEdit_NeedsNoBotToken_AndMentionsNobody()
    {
        (await _fixture.EditAsync()).Id.ShouldBe("9");

        Call.Line.ShouldBe("PATCH /api/v10/webhooks/2/token/messages/@original");
        Call.Authorization.ShouldBeNull();
        Call.ContentType.ShouldBe("application/json");
        Call.Body.ShouldBe("""{"content":"hi","allowed_mentions":{"parse":[]}}""");
    }

    [Fact]
    public async Task AFollowUp_IsPosted()
    {
        await _fixture.FollowUpAsync();

        Call.Line.ShouldBe("POST /api/v10/webhooks/2/token");
    }

    [Fact]
    public async Task AMessage_IsEditedAndDeleted_ByItsId()
    {
        await _fixture.Rest.EditMessageAsync(RestFixture.Token, "5", RestFixture.Hi, [], CancellationToken.None);
        await _fixture.Rest.DeleteMessageAsync(RestFixture.Token, "5", CancellationToken.None);
        await _fixture.Rest.DeleteOriginalAsync(RestFixture.Token, CancellationToken.None);

        _fixture
            .Discord.Calls.Select(call => call.Line)
            .ShouldBe([
                "PATCH /api/v10/webhooks/2/token/messages/5",
                "DELETE /api/v10/webhooks/2/token/messages/5",
                "DELETE /api/v10/webhooks/2/token/messages/@original",
            ]);
    }

    [Theory]
    [InlineData(null, "PUT /api/v10/applications/2/commands")]
    [InlineData("3", "PUT /api/v10/applications/2/guilds/3/commands")]
    public async Task Commands_ArePut_WithTheBotToken(string? guild, string line)
    {
        await _fixture.Rest.PutCommandsAsync(
            "2",
            guild,
            [
                new()
                {
                    Type = CommandType.Message,
                    Name = "Run code",
                    IntegrationTypes = null,
                    Contexts = null,
                },
            ],
            CancellationToken.None
        );

        Call.Line.ShouldBe(line);
        Call.Authorization.ShouldBe("Bot bot-token");
        Call.Body.ShouldBe("""[{"type":3,"name":"Run code"}]""");
    }

    [Fact]
    public async Task Files_AreParts_ThatTheMessageNames()
    {
        FilePart[] files =
        [
            FilePart.Of("a.txt", "one"u8.ToArray()),
            FilePart.Of("b ü\".csv", "two"u8.ToArray()) with
            {
                Description = "table",
            },
        ];

        await _fixture.EditAsync(files: files);

        Call.ContentType.ShouldBe("multipart/form-data");
        Call.Body.ShouldContain("name=\"payload_json\"");
        Call.Body.ShouldContain(
            """
            "attachments":[{"id":"0","filename":"a.txt"},{"id":"1","filename":"b \u00FC\u0022.csv","description":"table"}]
            """.Trim()
        );
        Call.Body.ShouldContain("form-data; name=\"files[0]\"; filename=\"a.txt\"");
        Call.Body.ShouldContain("form-data; name=\"files[1]\"; filename=\"b___.csv\"");
        Call.Body.ShouldContain("\r\n\r\none\r\n");
    }

    [Fact]
    public async Task AnEdit_WithFiles_KeepsTheAttachmentsThatItNames()
    {
        var message = new MessageBody { Attachments = [new("77")] };

        await _fixture.Rest.EditOriginalAsync(RestFixture.Token, message, [FilePart.Of("a.txt", default)], CancellationToken.None);

        Call.Body.ShouldContain("""[{"id":"77"},{"id":"0","filename":"a.txt"}]""");
    }

    [Fact]
    public async Task AFile_IsOpenedAnew_ForEachAttempt()
    {
        _fixture.Discord.Then(500).Then(200);

        await _fixture.EditAsync(files: FilePart.Of("a.txt", "content"u8.ToArray()));

        _fixture.Discord.Calls.Count.ShouldBe(2);
        _fixture.Discord.Calls.ShouldAllBe(call => call.Body.Contains("\r\n\r\ncontent\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnAnswer_ThatIsNoMessage_IsAFailure_WithoutTheToken()
    {
        _fixture.Discord.Then(200, "<html>");

        var failure = await Should.ThrowAsync<DiscordRestException>(_fixture.EditAsync());

        failure.Message.ShouldNotContain("/token/");
    }
}
