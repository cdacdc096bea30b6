namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>The tests of one cluster, one after the other.</summary>
[CollectionDefinition]
public sealed class OneCluster : ICollectionFixture<ClusterFixture>;
