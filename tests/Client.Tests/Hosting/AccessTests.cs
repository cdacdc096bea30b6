using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Client.Tests.Hosting;

/// <summary>Keys, tokens and limits.</summary>
public sealed class AccessTests(GuardedProduct product) : IClassFixture<GuardedProduct>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_WithoutAKey_IsRefused()
    {
        using var without = new CodeInterpreterClient(product.Address.ToString(), product.User);
        using var with = new CodeInterpreterClient(product.Address.ToString(), product.User, product.Key);
        using var wrong = new CodeInterpreterClient(product.Address.ToString(), product.User, product.Key[..^4] + "AAAA");

        (await ReasonAsync(without)).ShouldBe(ErrorReasons.Unauthenticated);
        (await ReasonAsync(wrong)).ShouldBe(ErrorReasons.Unauthenticated);
        (await ReasonAsync(with.ForUser("another"))).ShouldBe(ErrorReasons.PermissionDenied);
        (await with.RunAsync("print(1)", Token)).Output.ShouldBe("1\n");
        (await with.Files.UploadAsync(new MemoryStream([1]), "a.bin", cancellationToken: Token)).Size.ShouldBe(1);
    }

    [Fact]
    public async Task TokenProvider_IsAskedForEachCall()
    {
        var asked = 0;
        using var client = new CodeInterpreterClient(
            new CodeInterpreterClientOptions
            {
                Address = product.Address,
                UserId = product.User,
                ApiKey = "not-this-one",
                TokenProvider = _ => ValueTask.FromResult(++asked < 2 ? "an old token" : product.Key),
            }
        );

        (await ReasonAsync(client)).ShouldBe(ErrorReasons.Unauthenticated);
        (await client.Files.GetUsageAsync(Token)).Files.ShouldBeGreaterThanOrEqualTo(0);
        asked.ShouldBe(2);
    }

    [Fact]
    public async Task Call_OverALimit_WaitsAsLongAsTheServiceSays()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using var client = new CodeInterpreterClient(
            new CodeInterpreterClientOptions
            {
                Address = product.Address,
                UserId = product.User,
                ApiKey = product.Key,
                TimeProvider = time,
            }
        );
        var first = await client.SubmitAsync("import time; time.sleep(60)", Token);

        var second = client.RunAsync("print('second')", Token);
        var impatient = await Should.ThrowAsync<CodeInterpreterException>(() => RunImpatientlyAsync());
        second.IsCompleted.ShouldBeFalse();
        await client.Executions.CancelAsync(first.ExecutionId, Token);
        await client.Executions.WaitAsync(first.ExecutionId, cancellationToken: Token);
        await Eventually.TrueAsync(() =>
        {
            time.Advance(impatient.RetryDelay!.Value);
            return second.IsCompleted;
        });

        (await second).Output.ShouldBe("second\n");
        (impatient.Reason, impatient.IsTransient).ShouldBe((ErrorReasons.ResourceExhausted, true));
        impatient.RetryDelay.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);

        async Task RunImpatientlyAsync()
        {
            var options = new CodeInterpreterClientOptions
            {
                Address = product.Address,
                UserId = product.User,
                ApiKey = product.Key,
            };
            options.Retry.BaseDelay = options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
            using var other = new CodeInterpreterClient(options);
            await other.RunAsync("1", Token);
        }
    }

    private static async Task<string> ReasonAsync(CodeInterpreterClient client) =>
        (await Should.ThrowAsync<CodeInterpreterException>(() => client.RunAsync("print(1)", Token))).Reason;
}
