using System.Text.RegularExpressions;

namespace CodeInterpreter.Architecture.Tests;

/// <summary>Who may know whom. A technology stays behind its adapter, and the services know each other by messages only.</summary>
public sealed class DirectionTests
{
    [Theory]
    [InlineData("Docker.DotNet", "^services/Runner/Docker/")]
    [InlineData(
        "MassTransit",
        "^services/(ServiceDefaults/Messaging/.*|.*/Messaging/.*|Gateway/GatewayExtensions|Runner/RunnerExtensions)"
    )]
    [InlineData("MongoDB", "/Mongo[^/]*$")]
    [InlineData("Microsoft.Data.Sqlite", "/Sqlite[^/]*$")]
    [InlineData("Dapper", "/Sqlite[^/]*$")]
    [InlineData("Amazon", "^services/FileStore/Blobs/S3[^/]*$")]
    [InlineData("OpenTelemetry", "^services/ServiceDefaults/Telemetry/")]
    [InlineData("Microsoft.IdentityModel", "^services/(Gateway/Access/Tokens|ServiceDefaults/Trust)/")]
    [InlineData("Microsoft.AspNetCore.Authentication.JwtBearer", "^services/Gateway/Access/Tokens/")]
    [InlineData("Spectre.Console", "^services/Demo/")]
    [InlineData("NSec", "^services/Discord/Platform/Http/")]
    [InlineData("CodeInterpreter.Client", "^services/(Demo|Discord)/")]
    [InlineData("CodeInterpreter.Discord", "^services/Discord/")]
    [InlineData("CodeInterpreter.Discord.Bot", "^services/Discord/(Bot/|DiscordExtensions)")]
    [InlineData("CodeInterpreter.Contracts", "^services/(Gateway|Runner)/")]
    [InlineData("CodeInterpreter.Runner", "^services/(Runner|Standalone)/")]
    [InlineData("CodeInterpreter.Gateway", "^services/(Gateway|Standalone)/")]
    [InlineData("CodeInterpreter.FileStore", "^services/(FileStore|Standalone)/")]
    public void Namespace_UsedInAnotherFolder_IsAllowedByTheRules(string @namespace, string allowed) =>
        Repository.UsersOf(@namespace).Where(path => !Regex.IsMatch(path, allowed)).ShouldBeEmpty();

    [Theory]
    [InlineData("Contracts")]
    [InlineData("ServiceDefaults")]
    [InlineData("FileStore", "ServiceDefaults")]
    [InlineData("Gateway", "Contracts", "ServiceDefaults")]
    [InlineData("Runner", "Contracts", "ServiceDefaults")]
    [InlineData("Standalone", "FileStore", "Gateway", "Runner")]
    [InlineData("Demo", "Client")]
    [InlineData("Discord", "Client", "ServiceDefaults")]
    public void ProjectReference_IsAllowedByTheRules(string service, params string[] allowed) =>
        Repository.ReferencesOf(service).ShouldBe(allowed, ignoreOrder: true);

    // So that others can use them without the services.
    [Fact]
    public void Clients_ReferToProtosAndClientsOnly() =>
        Repository.PathsIn("clients").Where(path => !Regex.IsMatch(path, "^(clients|protos)/")).ShouldBeEmpty();

    [Fact]
    public void Contracts_PackageReferences_AreNone() => Repository.PackagesOf("Contracts").ShouldBeEmpty();

    [Fact]
    public void Sandboxes_InTheRunner_DoNotUseDockerOrExecutions() =>
        Repository
            .UsersOf("CodeInterpreter.Runner.Docker")
            .Concat(Repository.UsersOf("CodeInterpreter.Runner.Executions"))
            .Where(path => path.Contains("/Sandboxes/", StringComparison.Ordinal))
            .ShouldBeEmpty();
}
