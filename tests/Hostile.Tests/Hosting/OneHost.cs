namespace CodeInterpreter.Hostile.Tests.Hosting;

/// <summary>The tests that look at the host take turns.</summary>
[CollectionDefinition]
public sealed class OneHost : ICollectionFixture<HostileHost>;
