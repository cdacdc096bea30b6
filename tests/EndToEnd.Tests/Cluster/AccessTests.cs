using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CodeInterpreter.EndToEnd.Tests.Executions;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.TestServers;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>Who may call a gateway that asks, over HTTP and gRPC alike.</summary>
[Collection(typeof(OneCluster))]
public sealed class AccessTests(ClusterFixture cluster)
{
    private readonly string _user = StandaloneFixture.NewUser();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_FromTheCommandLine_WorksForItsUserUntilItIsRevoked()
    {
        await using var gateway = await cluster.StartGatewayAsync(("Gateway:Access:Mode", "Required"));
        var (created, key) = await cluster.RunGatewayCommandAsync("keys", "create", "--name", "a test", "--user", _user);
        created.ShouldBe(0);

        (await CallBothAsync(gateway, key, _user)).ShouldBe((HttpStatusCode.OK, StatusCode.OK));
        (await CallBothAsync(gateway, key, "another")).ShouldBe((HttpStatusCode.Forbidden, StatusCode.PermissionDenied));
        (await CallBothAsync(gateway, key[..^4] + "AAAA", _user)).ShouldBe((HttpStatusCode.Unauthorized, StatusCode.Unauthenticated));
        (await CallBothAsync(gateway, null, _user)).ShouldBe((HttpStatusCode.Unauthorized, StatusCode.Unauthenticated));

        var listed = (await cluster.RunGatewayCommandAsync("keys", "list")).Output.Split('\n').Single(line => line.Contains(_user));
        listed.ShouldContain("valid");
        listed.ShouldNotContain(key);
        var keyId = listed.Split(' ')[0];
        (await cluster.RunGatewayCommandAsync("keys", "revoke", keyId)).ExitCode.ShouldBe(0);
        await Eventually.TrueAsync(async () =>
            await CallBothAsync(gateway, key, _user) == (HttpStatusCode.Unauthorized, StatusCode.Unauthenticated)
        );
        (await cluster.RunGatewayCommandAsync("keys", "revoke", "0000000000000000")).ExitCode.ShouldBe(1);
        (await cluster.RunGatewayCommandAsync("keys", "destroy")).ExitCode.ShouldBe(64);
    }

    [Fact]
    public async Task Token_WorksForItsUserUntilItExpires()
    {
        using var issuer = RSA.Create(2048);
        var publicKey = Path.Combine(cluster.DataDirectory, $"{Guid.NewGuid():N}.pem");
        await System.IO.File.WriteAllTextAsync(publicKey, issuer.ExportSubjectPublicKeyInfoPem(), Token);
        await using var gateway = await cluster.StartGatewayAsync(
            ("Gateway:Access:Mode", "Required"),
            ("Gateway:Access:Jwt:SigningKeyFile", publicKey),
            ("Gateway:Access:Jwt:Issuer", "the issuer"),
            ("Gateway:Access:Jwt:Audience", "this")
        );
        var good = Sign(issuer, "this", DateTimeOffset.UtcNow.AddMinutes(10));

        (await CallBothAsync(gateway, good, _user)).ShouldBe((HttpStatusCode.OK, StatusCode.OK));
        (await CallBothAsync(gateway, good, "another")).ShouldBe((HttpStatusCode.Forbidden, StatusCode.PermissionDenied));
        using var stranger = RSA.Create(2048);
        foreach (
            var bad in new[]
            {
                Sign(issuer, "this", DateTimeOffset.UtcNow.AddMinutes(-30)),
                Sign(issuer, "that", DateTimeOffset.UtcNow.AddMinutes(10)),
                Sign(stranger, "this", DateTimeOffset.UtcNow.AddMinutes(10)),
            }
        )
        {
            (await CallBothAsync(gateway, bad, _user)).ShouldBe((HttpStatusCode.Unauthorized, StatusCode.Unauthenticated));
        }
    }

    [Fact]
    public async Task Calls_BeyondTheLimit_AreRefusedAndAnswersHaveTheRemainingCalls()
    {
        await using var gateway = await cluster.StartGatewayAsync(("Gateway:Limits:CallsPerMinutePerUser", "3"));
        using var channel = GrpcChannel.ForAddress(gateway.GrpcAddress);
        var executions = new ExecutionService.ExecutionServiceClient(channel);
        using var first = await gateway.Http.GetAsync($"/v1/executions?user_id={_user}", Token);
        first.Headers.GetValues("RateLimit").Single().ShouldStartWith("\"user\";r=2;");
        using var second = executions.ListAsync(new ListExecutionsRequest { UserId = _user }, cancellationToken: Token);
        (await second.ResponseHeadersAsync).GetValue("ratelimit").ShouldNotBeNull().ShouldStartWith("\"user\";r=1;");
        await second;
        using var third = await gateway.Http.GetAsync($"/v1/executions?user_id={_user}", Token);

        using var fourth = await gateway.Http.GetAsync($"/v1/executions?user_id={_user}", Token);
        var fifth = await Should.ThrowAsync<RpcException>(async () =>
            await executions.ListAsync(new ListExecutionsRequest { UserId = _user }, cancellationToken: Token)
        );

        (third.StatusCode, fourth.StatusCode).ShouldBe((HttpStatusCode.OK, HttpStatusCode.TooManyRequests));
        fourth.Headers.RetryAfter!.Delta.ShouldNotBeNull().TotalSeconds.ShouldBeInRange(1, 60);
        fifth.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        fifth.GetRpcStatus()?.GetDetail<RetryInfo>().ShouldNotBeNull().RetryDelay.Seconds.ShouldBeInRange(0, 60);
    }

    [Fact]
    public async Task ActiveExecutionsOfAUser_CountAtAllReplicas()
    {
        (string, string)[] limit = [("Gateway:Limits:ExecutionsPerUser", "2")];
        await using var one = await cluster.StartGatewayAsync(limit);
        await using var another = await cluster.StartGatewayAsync(limit);
        const string code = "import time\ntime.sleep(60)";
        string[] running = [await one.BeginAsync(_user, code), await another.BeginAsync(_user, code)];

        // Replicas know each other after a second. Until then the third one is accepted, and cancelled here.
        await Eventually.TrueAsync(async () =>
        {
            using var third = await one.SubmitAsync(_user, code);
            if (third.StatusCode == HttpStatusCode.TooManyRequests)
                return true;
            await CancelAsync(one, (await third.Content.ReadFromJsonAsync<JsonObject>(Token))!.Text("execution_id"));
            return false;
        });

        using (var other = await another.SubmitAsync(_user, code))
            other.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        await CancelAsync(another, running[1]);
        // A caller gets a result before it is stored; the place is free once it is.
        await Eventually.TrueAsync(async () =>
        {
            using var free = await one.SubmitAsync(_user, "1");
            return free.StatusCode == HttpStatusCode.Accepted;
        });
        await CancelAsync(one, running[0]);
    }

    private async Task CancelAsync(ServiceProcess gateway, string executionId)
    {
        await gateway.Http.CancelAsync(_user, executionId);
        await gateway.ResultAsync(_user, executionId);
    }

    /// <summary>Lists a user's executions over HTTP and over gRPC, with the same credentials.</summary>
    private static async Task<(HttpStatusCode Http, StatusCode Grpc)> CallBothAsync(
        ServiceProcess gateway,
        string? credentials,
        string user
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/executions?user_id={user}");
        var metadata = new Metadata();
        if (credentials is not null)
        {
            request.Headers.Add("Authorization", "Bearer " + credentials);
            metadata.Add("authorization", "Bearer " + credentials);
        }

        using var response = await gateway.Http.SendAsync(request, Token);
        using var channel = GrpcChannel.ForAddress(gateway.GrpcAddress);
        try
        {
            await new ExecutionService.ExecutionServiceClient(channel).ListAsync(
                new ListExecutionsRequest { UserId = user },
                metadata,
                cancellationToken: Token
            );
            return (response.StatusCode, StatusCode.OK);
        }
        catch (RpcException exception)
        {
            return (response.StatusCode, exception.StatusCode);
        }
    }

    private string Sign(RSA issuer, string audience, DateTimeOffset expires)
    {
        var signed =
            Encode("""{"alg":"RS256","typ":"JWT"}""")
            + "."
            + Encode($$"""{ "iss": "the issuer", "aud": "{{audience}}", "sub": "{{_user}}", "exp": {{expires.ToUnixTimeSeconds()}} }""");
        var signature = issuer.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return signed + "." + Base64Url.EncodeToString(signature);
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
