using CodeInterpreter.FileStore.Tests.Hosting;
using CodeInterpreter.ServiceDefaults.Hosting;

namespace CodeInterpreter.FileStore.Tests.Access;

public sealed class ExposureTests
{
    private const string Key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    [Fact]
    public async Task Start_ReachableWithoutATrustKey_FailsWithTheRemedy()
    {
        var refusal = await Should.ThrowAsync<StartRefusedException>(() => RunningFileStore.StartAsync(Everywhere));

        refusal.Message.ShouldContain("Trust:Key");
        refusal.Message.ShouldContain("FileStore:TrustNetwork");
    }

    [Theory]
    [InlineData("Trust:Key", Key)]
    [InlineData("FileStore:TrustNetwork", "true")]
    public async Task Start_ReachableAndAllowed_Succeeds(string option, string value)
    {
        await using var store = await RunningFileStore.StartAsync(Everywhere, (option, value));
    }

    [Theory]
    [InlineData("dG9vIHNob3J0")]
    [InlineData("this is no base64")]
    public async Task Start_InvalidTrustKey_FailsWithoutShowingIt(string key)
    {
        var refusal = await Should.ThrowAsync<Exception>(() => RunningFileStore.StartAsync(("Trust:Key", key)));

        refusal.Message.ShouldContain("Trust:Key");
        refusal.ToString().ShouldNotContain(key);
    }

    private static (string, string) Everywhere => ("Kestrel:Endpoints:Grpc:Url", "http://0.0.0.0:0");
}
