namespace CodeInterpreter.Discord.Tests.EndToEnd;

/// <summary>Tests that share a bot on the gateway.</summary>
[CollectionDefinition(nameof(GatewayBot))]
public sealed class GatewayBotTests : ICollectionFixture<GatewayBot>;
