using CodeInterpreter.Discord.Platform.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CodeInterpreter.Discord.Tests.Platform.Rest;

public sealed class TimeoutTests
{
    private const int MiB = 1024 * 1024;

    [Theory]
    [InlineData(0, 20)]
    [InlineData(MiB, 36)]
    [InlineData(25 * MiB, 420)]
    [InlineData(500 * MiB, 600)]
    public void AnAttempt_HasTheTimeThatItsBodyNeeds(long bytes, int seconds)
    {
        using var body = new ByteArrayContent([]);
        body.Headers.ContentLength = bytes;
        AttemptTimeout.Of(body).ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public void ACall_WithoutABody_HasTheLeastTime() => AttemptTimeout.Of(null).ShouldBe(TimeSpan.FromSeconds(20));

    [Fact]
    public async Task AnAttempt_ThatTakesTooLong_IsRepeated_AndTheSizeOfItsFilesCounts()
    {
        using var fixture = new RestFixture();
        var lengths = new List<long?>();
        fixture.TimeoutOf = body =>
        {
            lengths.Add(body!.Headers.ContentLength);
            return lengths.Count == 1 ? TimeSpan.Zero : Timeout.InfiniteTimeSpan;
        };

        await fixture.EditAsync(files: FilePart.Of("a.bin", new byte[MiB]));

        lengths.Count.ShouldBe(2);
        lengths[0]!.Value.ShouldBeInRange(MiB, MiB + 2000);
        fixture.Discord.Calls.ShouldHaveSingleItem();
    }

    [Fact]
    public void TheClient_HasNoTimeoutOfItsOwn()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([new("Discord:BotToken", "token")]);
        builder.AddDiscord();
        using var services = builder.Services.BuildServiceProvider();

        var http = services.GetRequiredService<IHttpClientFactory>().CreateClient(RestSender.HttpClientName);

        http.Timeout.ShouldBe(Timeout.InfiniteTimeSpan);
    }
}
