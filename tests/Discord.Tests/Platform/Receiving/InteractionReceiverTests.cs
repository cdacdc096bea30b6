using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Messages;

namespace CodeInterpreter.Discord.Tests.Platform.Receiving;

public sealed class InteractionReceiverTests
{
    private const string Allowed = "111111111111111111";
    private const string Other = "222222222222222222";

    [Theory]
    [InlineData("", Other, true)]
    [InlineData("", null, true)]
    [InlineData(Allowed, Allowed, true)]
    [InlineData($"{Other}, {Allowed}", Allowed, true)]
    [InlineData(Allowed, Other, false)]
    [InlineData(Allowed, null, false)]
    public async Task AServer_ThatIsNotOnTheList_IsRefused_InWordsThatOnlyTheUserSees(string list, string? guild, bool isAllowed)
    {
        var handler = new RecordingHandler();

        var answer = await ReceiveAsync(handler, new() { Type = InteractionType.Command, GuildId = guild }, list);

        handler.Received.Count.ShouldBe(isAllowed ? 1 : 0);
        var message = answer.First.Data.ShouldBeOfType<MessageBody>();
        message.Flags.ShouldBe(MessageFlags.Ephemeral);
        if (!isAllowed)
            message.Content!.ShouldContain(guild is null ? "direct messages" : "operator");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(99)]
    public async Task AnUnknownType_IsAnsweredWithoutTheBot(int type)
    {
        var handler = new RecordingHandler();

        var answer = await ReceiveAsync(handler, new() { Type = (InteractionType)type });

        answer.First.Data.ShouldBeOfType<MessageBody>().Content.ShouldBe("This bot does not support that.");
        handler.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task AFailureOfTheBot_IsAnAnswer_WithoutItsDetails()
    {
        var handler = new RecordingHandler(_ => throw new InvalidOperationException("secret detail"));

        var answer = await ReceiveAsync(handler, new() { Type = InteractionType.Component });

        answer.First.Data.ShouldBeOfType<MessageBody>().Content!.ShouldStartWith("Something went wrong");
        answer.Continuation.ShouldBeNull();
    }

    private static async Task<InteractionAnswer> ReceiveAsync(IInteractionHandler handler, Interaction interaction, string list = "") =>
        await Subject
            .Receiver(handler, TimeProvider.System, options => options.AllowedGuilds = list)
            .ReceiveAsync(interaction with { Id = "1" }, CancellationToken.None);
}
