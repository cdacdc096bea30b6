using System.Net;

namespace CodeInterpreter.Gateway.Tests.Hosting;

public sealed class HealthTests(GatewayFixture fixture)
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_AllDependenciesAvailable_IsHealthy(string path)
    {
        using var response = await fixture.Gateway.Http.GetAsync(path, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
