using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Tests.Hosting;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("Gateway:FileStoreAddress", "ftp://host")]
    [InlineData("Gateway:FileStoreAddress", "no address")]
    [InlineData("Gateway:DataDirectory", " ")]
    [InlineData("Gateway:FileStoreTimeout", "00:00:00")]
    [InlineData("Gateway:FileStoreTimeout", "NaN")]
    [InlineData("Gateway:UploadIdleTimeout", "-00:00:01")]
    [InlineData("Gateway:MaxUploadRequestBytes", "0")]
    [InlineData("Gateway:MaxUploadRequestBytes", "1e9")]
    [InlineData("Gateway:Executions:DefaultWallTime", "00:00:00")]
    [InlineData("Gateway:Executions:DefaultWallTime", "00:06:00")]
    [InlineData("Gateway:Executions:MaxWallTime", "-1")]
    [InlineData("Gateway:Executions:MaxWallTime", "00:45:01")]
    [InlineData("Gateway:Executions:QueueTimeout", "9999999.00:00:00")]
    [InlineData("Gateway:Executions:TransferTimeout", "1e9")]
    [InlineData("Gateway:Executions:PublishTimeout", "")]
    [InlineData("Gateway:Executions:Retention", "00:00:00")]
    [InlineData("Gateway:Access:Mode", "Open")]
    [InlineData("Gateway:Access:Mode", "7")]
    [InlineData("Gateway:Access:Jwt:Authority", "http://issuer")]
    [InlineData("Gateway:Limits:CallsPerMinutePerKey", "-1")]
    [InlineData("Gateway:Limits:CallsPerMinutePerUser", "1e9")]
    [InlineData("Gateway:Limits:ExecutionsPerUser", "NaN")]
    [InlineData("Gateway:Links:Key", "dG9vIHNob3J0")]
    [InlineData("Gateway:Links:Key", "no base64")]
    [InlineData("Gateway:Links:KeyFile", "/nowhere")]
    [InlineData("Gateway:Links:AcceptedKey", "no base64")]
    [InlineData("Trust:AcceptedKey", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")]
    [InlineData("Gateway:Links:BaseAddress", "example.com")]
    [InlineData("Gateway:Cors:Origins:0", "*")]
    [InlineData("Gateway:Cors:Origins:0", "https://app.example.com/")]
    [InlineData("Gateway:Cors:Origins:0", "app.example.com")]
    [InlineData("Database:Provider", "Postgres")]
    [InlineData("Telemetry:OtlpEndpoint", "collector:4317")]
    [InlineData("Telemetry:OtlpEndpoint", "no address")]
    [InlineData("Gateway:Acces:Mode", "Required")]
    [InlineData("Gateway:Executions:QueueTimeot", "1m")]
    [InlineData("Gateway:Executions:QueueTimeout", "60")]
    [InlineData("Gatway:Access:Mode", "Required")]
    [InlineData("MessageBus:Transports", "InMemory")]
    public async Task Start_InvalidOption_FailsAndNamesIt(string option, string value)
    {
        var settings = new Dictionary<string, string?> { [option] = value };

        var exception = await Should.ThrowAsync<Exception>(() => GatewayHost.StartAsync(settings, TimeProvider.System));

        // The bus wraps faults of the settings that it is created with.
        var fault = exception.InnerException as OptionsValidationException ?? exception;
        (fault is OptionsValidationException or InvalidOperationException).ShouldBeTrue(exception.ToString());
        fault.Message.ShouldContain(option);
    }
}
