using CodeInterpreter.Discord.Bot.Requests;

namespace CodeInterpreter.Discord.Tests.Bot.Requests;

/// <summary>What every store of requests does.</summary>
public abstract class RequestStoreContract
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
    private static readonly Lease Mine = new("me", Now.AddSeconds(15));
    private static readonly Lease Theirs = new("other", Now.AddSeconds(60));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected abstract IRequestStore Store { get; }

    [Fact]
    public async Task ARequest_IsFoundAsItWasAdded()
    {
        var request = Request("1") with
        {
            Code = new RequestedCode
            {
                Code = "print('😀\u0000')",
                Stdin = "a\nb",
                IsPrivate = true,
                Files =
                [
                    new RequestedFile
                    {
                        Name = "a.csv",
                        Size = 5,
                        AttachmentId = "7",
                        Url = "https://cdn.discordapp.com/a.csv?ex=1",
                    },
                    new RequestedFile
                    {
                        Name = "b.py",
                        IsCode = true,
                        FileId = "1_2_b",
                    },
                ],
            },
        };

        (await Store.AddAsync(request, Mine, Now, Token)).ShouldBe(Addition.Added);

        var found = await Store.FindAsync("1", Token);
        found.ShouldBeLike(request);
        (await Store.FindAsync("2", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task TheSameRequest_IsAddedOnce()
    {
        await Store.AddAsync(Request("1"), Mine, Now, Token);
        (await Store.AddAsync(Request("1"), Mine, Now, Token)).ShouldBe(Addition.Known);

        await Store.FinishAsync("1", "me", Token);
        (await Store.AddAsync(Request("1"), Mine, Now, Token)).ShouldBe(Addition.Known);
    }

    [Fact]
    public async Task TheSameRequest_FromManyReplicasAtOnce_IsAddedOnce()
    {
        var additions = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Store.AddAsync(Request("1"), Mine, Now, Token)));
        additions.Count(addition => addition == Addition.Added).ShouldBe(1);
        additions.Count(addition => addition == Addition.Known).ShouldBe(7);
    }

    [Fact]
    public async Task AUser_WaitsForOneAnswerAtATime_AndOthersDoNotMind()
    {
        await Store.AddAsync(Request("1"), Mine, Now, Token);
        (await Store.AddAsync(Request("2"), Mine, Now, Token)).ShouldBe(Addition.UserBusy);
        (await Store.AddAsync(Request("3", user: "20"), Mine, Now, Token)).ShouldBe(Addition.Added);
        (await Store.AddAsync(Request("4") with { Answer = null }, Mine, Now, Token)).ShouldBe(Addition.Added);

        await Store.FinishAsync("1", "me", Token);
        (await Store.AddAsync(Request("2"), Mine, Now, Token)).ShouldBe(Addition.Added);
    }

    [Fact]
    public async Task AUser_IsNotBusy_WithAnAnswerThatDiscordTakesNoMore()
    {
        await Store.AddAsync(Request("1"), Mine, Now, Token);
        (await Store.AddAsync(Request("2"), Mine, Now.AddMinutes(15), Token)).ShouldBe(Addition.Added);
        (await Store.FindAsync("1", Token))!.Answer.ShouldBeNull();
    }

    [Fact]
    public async Task AFinishedRequest_HasNoTokenAnyMore_AndItsCodeStays()
    {
        await Store.AddAsync(Request("1"), Mine, Now, Token);
        await Store.FinishAsync("1", "me", Token);

        var found = await Store.FindAsync("1", Token);
        found!.Answer.ShouldBeNull();
        found.Code.Code.ShouldBe("print(1)");
    }

    [Fact]
    public async Task AnUpdate_IsKept_WhileTheLeaseIsHeld()
    {
        await Store.AddAsync(Request("1"), Mine, Now, Token);
        var updated = Request("1") with
        {
            ExecutionId = "e",
            Code = new RequestedCode { Code = "print(2)" },
            Answer = Request("1").Answer! with { MessagesSent = 2 },
        };

        (await Store.UpdateAsync(updated, "other", Token)).ShouldBeFalse();
        (await Store.FindAsync("1", Token))!.ExecutionId.ShouldBeNull();

        (await Store.UpdateAsync(updated, "me", Token)).ShouldBeTrue();
        (await Store.FindAsync("1", Token)).ShouldBeLike(updated);
    }

    [Fact]
    public async Task APendingAnswer_IsTakenOver_WhenItsLeaseHasExpired()
    {
        await Store.AddAsync(Request("1"), Mine, Now, Token);
        (await Store.TakeOverAsync(Theirs, Now.AddSeconds(14), Token)).ShouldBeEmpty();

        (await Store.TakeOverAsync(Theirs, Now.AddSeconds(15), Token)).ShouldHaveSingleItem().ShouldBeLike(Request("1"));
        (await Store.TakeOverAsync(new Lease("third", Now.AddSeconds(90)), Now.AddSeconds(16), Token)).ShouldBeEmpty();
        (await Store.UpdateAsync(Request("1"), "me", Token)).ShouldBeFalse();
        (await Store.UpdateAsync(Request("1"), "other", Token)).ShouldBeTrue();

        await Store.FinishAsync("1", "me", Token);
        (await Store.FindAsync("1", Token))!.Answer.ShouldNotBeNull();
        await Store.FinishAsync("1", "other", Token);
        (await Store.FindAsync("1", Token))!.Answer.ShouldBeNull();
    }

    [Fact]
    public async Task ManyPendingAnswers_AreTakenOver_EachByOneReplica()
    {
        for (var number = 0; number < 6; number++)
            await Store.AddAsync(Request($"{number}", user: $"{number}"), Mine, Now, Token);

        var takers = Enumerable.Range(0, 3).Select(number => new Lease($"replica {number}", Now.AddMinutes(5)));
        var taken = await Task.WhenAll(takers.Select(taker => Store.TakeOverAsync(taker, Now.AddMinutes(1), Token)));

        taken.SelectMany(requests => requests).Select(request => request.Id).Order().ShouldBe(["0", "1", "2", "3", "4", "5"]);
    }

    [Fact]
    public async Task NothingIsTakenOver_ThatIsFinished_OwedToNobody_OrTooOld()
    {
        await Store.AddAsync(Request("1"), Mine, Now, Token);
        await Store.FinishAsync("1", "me", Token);
        await Store.AddAsync(Request("2") with { Answer = null }, Mine, Now, Token);
        await Store.AddAsync(Request("3"), Mine, Now, Token);

        (await Store.TakeOverAsync(Theirs, Now.AddMinutes(15), Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ARenewedLease_Holds_UnlessAnotherReplicaHasIt()
    {
        await Store.AddAsync(Request("1"), Mine, Now, Token);
        await Store.AddAsync(Request("2", user: "20"), Mine, Now, Token);
        await Store.RenewAsync(["1"], Mine with { Until = Now.AddSeconds(30) }, Token);

        (await Store.TakeOverAsync(Theirs, Now.AddSeconds(20), Token)).Select(request => request.Id).ShouldBe(["2"]);
        await Store.RenewAsync(["1", "2"], Mine with { Until = Now }, Token);
        (await Store.TakeOverAsync(new Lease("third", Now.AddSeconds(90)), Now.AddSeconds(21), Token))
            .Select(request => request.Id)
            .ShouldBe(["1"]);
    }

    [Fact]
    public async Task AUsersRequests_AreDeleted_ButNotTheOneThatWaits_NorThoseOfOthers()
    {
        await Store.AddAsync(Request("1"), Mine, Now, Token);
        await Store.FinishAsync("1", "me", Token);
        await Store.AddAsync(Request("2"), Mine, Now, Token);
        await Store.AddAsync(Request("3", user: "20") with { Answer = null }, Mine, Now, Token);

        await Store.DeleteOfUserAsync("10", Token);

        (await Store.FindAsync("1", Token)).ShouldBeNull();
        (await Store.FindAsync("2", Token)).ShouldNotBeNull();
        (await Store.FindAsync("3", Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task TheSweep_DeletesOldRequests_AndForgetsOldTokens()
    {
        await Store.AddAsync(Request("1") with { ReceivedAt = Now.AddHours(-49), Answer = null }, Mine, Now, Token);
        await Store.AddAsync(Request("2"), Mine, Now, Token);

        await Store.SweepAsync(Now.AddHours(-48), Now, Token);
        (await Store.FindAsync("1", Token)).ShouldBeNull();
        (await Store.FindAsync("2", Token))!.Answer.ShouldNotBeNull();

        await Store.SweepAsync(Now.AddHours(-48), Now.AddMinutes(15), Token);
        (await Store.FindAsync("2", Token))!.Answer.ShouldBeNull();
    }

    private static StoredRequest Request(string id, string user = "10") =>
        new()
        {
            Id = id,
            UserId = user,
            ReceivedAt = Now,
            Code = new RequestedCode { Code = "print(1)" },
            Answer = new PendingAnswer
            {
                ApplicationId = "99",
                Token = "secret",
                ExpiresAt = Now.AddMinutes(15),
                MaxFileBytes = 1000,
            },
        };
}
