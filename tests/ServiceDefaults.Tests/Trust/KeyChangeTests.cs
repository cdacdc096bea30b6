using System.Security.Cryptography;
using CodeInterpreter.ServiceDefaults.Trust;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.ServiceDefaults.Tests.Trust;

/// <summary>Replicas that sign with the previous key and replicas that sign with the next one run side by side.</summary>
public sealed class KeyChangeTests
{
    private static readonly string Old = NewKey();
    private static readonly string New = NewKey();
    private static readonly DateTimeOffset Deadline = DateTimeOffset.UtcNow.AddMinutes(1);

    public static TheoryData<string, string> Neighbours =>
        new()
        {
            // The steps of the procedure: who signs, and who checks at the same time.
            { "before", "prepared" },
            { "prepared", "before" },
            { "prepared", "changed" },
            { "changed", "prepared" },
            { "changed", "after" },
            { "after", "changed" },
        };

    [Theory]
    [MemberData(nameof(Neighbours))]
    public async Task EachStep_AcceptsWhatTheStepBesideItSigns(string signer, string checker)
    {
        var (signs, checks) = (At(signer), At(checker));

        checks.IsProof(signs.ProofOf("u", "e"), "u", "e").ShouldBeTrue();
        checks.IsSeal(signs.SealOf("json", "code"u8), "json", "code"u8).ShouldBeTrue();
        (await checks.CheckAsync(signs.ForService())).Verdict.ShouldBe(TrustVerdict.Trusted);
        var (verdict, grant) = await checks.CheckAsync(signs.ForExecution(new ExecutionGrant("u", "e", ["f"], 1, 2, Deadline)));
        verdict.ShouldBe(TrustVerdict.Trusted);
        grant.ShouldNotBeNull().ExecutionId.ShouldBe("e");
    }

    [Fact]
    public async Task AfterTheChange_NothingThatThePreviousKeySigned_IsAccepted()
    {
        var (signs, checks) = (At("before"), At("after"));

        checks.IsProof(signs.ProofOf("u", "e"), "u", "e").ShouldBeFalse();
        checks.IsSeal(signs.SealOf("json", "code"u8), "json", "code"u8).ShouldBeFalse();
        (await checks.CheckAsync(signs.ForService())).Verdict.ShouldBe(TrustVerdict.Forged);
    }

    [Fact]
    public async Task AnExpiredToken_IsToldFromAForgedOne_AlsoWithTwoKeys()
    {
        var expired = At("prepared").ForExecution(new ExecutionGrant("u", "e", [], 1, 2, DateTimeOffset.UtcNow.AddMinutes(-5)));

        (await At("changed").CheckAsync(expired)).Verdict.ShouldBe(TrustVerdict.Expired);
    }

    [Theory]
    [InlineData("", "Key", "AcceptedKey must be set together with Key")]
    [InlineData("Key", "dG9vIHNob3J0", "AcceptedKey must be at least 32 bytes in base64")]
    public void AnAcceptedKey_ThatIsOfNoUse_IsRefused(string key, string accepted, string says)
    {
        var options = new TrustOptions { Key = key == "Key" ? Old : "", AcceptedKey = accepted == "Key" ? New : accepted };

        SecretKeys
            .RulesFor(options)
            .Where(rule => !rule.IsObeyed)
            .Select(rule => $"{rule.Setting} {rule.Expectation}")
            .ShouldHaveSingleItem()
            .ShouldStartWith(says);
    }

    private static TrustTokens At(string step) =>
        new(
            Options.Create(
                step switch
                {
                    "before" => new TrustOptions { Key = Old },
                    "prepared" => new TrustOptions { Key = Old, AcceptedKey = New },
                    "changed" => new TrustOptions { Key = New, AcceptedKey = Old },
                    _ => new TrustOptions { Key = New },
                }
            ),
            TimeProvider.System
        );

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretKeys.MinBytes));
}
