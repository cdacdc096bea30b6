using System.Net;
using System.Net.Http.Json;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using CodeInterpreter.Hostile.Tests.Hosting;

namespace CodeInterpreter.Hostile.Tests.Requests;

/// <summary>Requests that a file below <c>Cases</c> cannot hold.</summary>
[Collection(typeof(OneHost))]
public sealed class HostileRequestTests(HostileHost host)
{
    [Fact]
    public async Task NulInTheCode_IsAnErrorOfTheCode()
    {
        var result = await host.ExecuteAsync(Request("print('before')\0print('after')"));

        (result.Text("outcome"), result["return_code"]!.GetValue<int>(), result.Text("output")).ShouldBe(("NonZeroExit", 1, ""));
        result["exception"]!["type"]!.GetValue<string>().ShouldBe("SyntaxError");
        await host.ShouldBeCleanAsync();
    }

    [Theory]
    [InlineData("profile", "root")]
    [InlineData("profile", "lean")]
    [InlineData("profile", "../bare")]
    [InlineData("language", "ruby")]
    [InlineData("version", "2.7")]
    [InlineData("image", "debian")]
    public async Task UnsupportedField_IsRefusedAndNamed(string field, string value)
    {
        var request = Request("print('ran')");
        request[field] = value;

        using var answer = await host.Http.PostAsJsonAsync("/v1/executions", request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(field);
    }

    [Fact]
    public async Task PortsOfTheProduct_OnEveryAddressOfTheHost_AreUnreachable()
    {
        var addresses = NetworkInterface
            .GetAllNetworkInterfaces()
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(address => address.Address)
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork)
            .Select(address => address.ToString());
        int[] ports = [host.Http.BaseAddress!.Port, host.GrpcAddress.Port];
        var request = Request(
            """
            import socket, sys
            for place in sys.argv[1:]:
                address, port = place.split(':')
                try: socket.create_connection((address, int(port)), 2); print('had', place)
                except OSError: pass
            print(len(sys.argv) > 2)
            """
        );
        request["args"] = new JsonArray([.. addresses.SelectMany(address => ports.Select(port => (JsonNode)$"{address}:{port}"))]);

        var result = await host.ExecuteAsync(request);

        result.Text("output").ShouldBe("True\n", result.ToJsonString());
    }

    private static JsonObject Request(string code) => new() { ["user_id"] = HostileHost.NewUser(), ["code"] = code };
}
