using System.Text.Json;
using CodeInterpreter.Discord.Platform.Commands;
using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Json;
using CodeInterpreter.Discord.Platform.Messages;

namespace CodeInterpreter.Discord.Tests.Platform;

public sealed class JsonTests
{
    [Fact]
    public void ACommand_IsRead_WithItsOptionsAndFiles_AndUnknownFieldsAreIgnored()
    {
        var interaction = Read(
            """
            {"id": "11", "application_id": "22", "type": 2, "token": "secret", "version": 1, "guild_id": "33", "channel_id": "44",
             "member": {"user": {"id": "55", "username": "ada", "global_name": "Ada"}, "permissions": "8192", "new_field": []},
             "app_permissions": "0", "locale": "en-US", "context": 0, "attachment_size_limit": 10485760,
             "authorizing_integration_owners": {"0": "33"}, "entitlements": [],
             "data": {"id": "66", "name": "run", "type": 1,
               "options": [{"name": "code", "type": 3, "value": "print(1)"}, {"name": "file1", "type": 11, "value": "77"},
                           {"name": "private", "type": 5, "value": true}],
               "resolved": {"attachments": {"77": {"id": "77", "filename": "a.csv", "size": 5, "url": "https://cdn.discordapp.com/a.csv",
                                                   "content_type": "text/csv", "ephemeral": true}}}}}
            """
        );

        interaction.Type.ShouldBe(InteractionType.Command);
        interaction.Invoker!.Id.ShouldBe("55");
        interaction.Member!.May(Permission.ManageMessages).ShouldBeTrue();
        interaction.IsInstalledByUserOnly.ShouldBeFalse();
        interaction.Data!.Type.ShouldBe(CommandType.Slash);
        interaction.Data.Option("code")!.Text.ShouldBe("print(1)");
        interaction.Data.Option("private")!.IsTrue.ShouldBeTrue();
        interaction.Data.Resolved!.Attachments[interaction.Data.Option("file1")!.Text!].Filename.ShouldBe("a.csv");
        interaction.Data.Option("stdin").ShouldBeNull();
    }

    // Before labels, inputs stood in rows.
    [Theory]
    [InlineData("""[{"type": 18, "id": 1, "component": {"type": 4, "custom_id": "code", "value": "print(2)"}}]""")]
    [InlineData("""[{"type": 1, "components": [{"type": 4, "custom_id": "code", "value": "print(2)"}]}]""")]
    public void AnInputOfAModal_IsFound_WhateverHoldsIt(string components) =>
        Read($$$"""{"id": "1", "application_id": "2", "type": 5, "data": {"custom_id": "run", "components": {{{components}}} }}""")
            .Data!.Input("code")!
            .Value.ShouldBe("print(2)");

    [Fact]
    public void AnInteraction_OfAnUnknownType_IsRead() =>
        ((int)Read("""{"id": "1", "application_id": "2", "type": 99, "data": {"type": 77, "component_type": 88}}""").Type).ShouldBe(99);

    [Fact]
    public void WhatDiscordLeavesOut_IsEmpty()
    {
        var data = Read("""{"id": "1", "application_id": "2", "type": 2, "data": {"name": "run", "resolved": {}}}""").Data!;
        var message = Read("""{"id": "1", "application_id": "2", "type": 3, "message": {"id": "3"}}""").Message!;

        (data.Option("code"), data.Input("code")).ShouldBe((null, null));
        (data.Resolved!.Attachments.Count, data.Resolved.Messages.Count, data.Resolved.Users.Count).ShouldBe((0, 0, 0));
        (message.Content, message.Attachments.Count, message.Components.Count).ShouldBe(("", 0, 0));
    }

    [Fact]
    public void ATextOfAnInteraction_HasNoToken()
    {
        var interaction = Read("""{"id": "1", "application_id": "2", "type": 2, "token": "secret"}""");

        $"{interaction} {interaction.Reply}".ShouldNotContain("secret");
    }

    [Fact]
    public void AMessage_MentionsNobody_AndHasOnlyWhatIsSet() =>
        Write(InteractionResponse.Message(new MessageBody { Content = "@everyone" }))
            .ShouldBe("""{"type":4,"data":{"content":"@everyone","allowed_mentions":{"parse":[]}}}""");

    [Fact]
    public void ADeferral_HasTheFlagAlone()
    {
        Write(InteractionResponse.DeferredMessage(ephemeral: true)).ShouldBe("""{"type":5,"data":{"flags":64}}""");
        Write(InteractionResponse.DeferredMessage(ephemeral: false)).ShouldBe("""{"type":5}""");
    }

    [Fact]
    public void AModal_HasLabelsWithInputs() =>
        Write(
                InteractionResponse.Modal(
                    new ModalBody("run", "Run Python", [MessageComponent.Labelled("Code", null, MessageComponent.Text("code", 4000, true))])
                )
            )
            .ShouldBe(
                """{"type":9,"data":{"custom_id":"run","title":"Run Python","components":[{"type":18,"label":"Code","component":"""
                    + """{"type":4,"custom_id":"code","style":2,"max_length":4000,"required":true}}]}}"""
            );

    private static Interaction Read(string json) => JsonSerializer.Deserialize(json, DiscordJson.Default.Interaction)!;

    private static string Write(InteractionResponse response) =>
        JsonSerializer.Serialize(response, DiscordJson.Default.InteractionResponse);
}
