using System.Reflection;
using CodeInterpreter.Gateway.Executions.Requests;

namespace CodeInterpreter.Gateway.Tests.Executions.Requests;

/// <summary>What counts as the same request. Fingerprints are stored for 48 hours, so another version must come to the same ones.</summary>
public sealed class RequestFingerprintTests
{
    private static readonly ExecutionRequest Small = new()
    {
        UserId = "u",
        Code = "print(1)",
        IdempotencyKey = "key",
    };

    private static readonly ExecutionRequest Full = Small with
    {
        UserFiles = [new RequestedFile("u_1_a"), new RequestedFile("u_1_b", "b.csv")],
        Stdin = "in",
        Args = ["a", ""],
        Files = [new InlineFile("a.txt", "a"u8.ToArray())],
        Environment = new Dictionary<string, string?> { ["B"] = "2", ["A"] = "1" },
        Limits = new RequestedLimits { WallTimeSeconds = 1.5, Files = 3 },
        Profile = "lean",
        Echo = true,
        IncludeData = true,
    };

    [Fact]
    public void Fingerprint_IsTheSameInEveryVersion()
    {
        RequestFingerprint.Of(Small, ExecutionMode.Plain).ShouldBe("0094733b7f71d18eb98f8f82c8b21798596afffd26be5f24269d22bf35201c63");
        RequestFingerprint.Of(Full, ExecutionMode.Live).ShouldBe("7e79dc90fc0a62d28cf19c6e7e13825f747f9c1a60a230237a403df389d49c4c");
    }

    [Fact]
    public void Fingerprint_OfAnotherOrder_IsTheSame()
    {
        var other = Full with
        {
            Environment = new Dictionary<string, string?> { ["A"] = "1", ["B"] = "2" },
            CallerId = "another",
        };

        RequestFingerprint.Of(other, ExecutionMode.Live).ShouldBe(RequestFingerprint.Of(Full, ExecutionMode.Live));
    }

    [Fact]
    public void Fingerprint_OfTheDefaultLanguage_IsTheSameAsWithout() =>
        RequestFingerprint
            .Of(Full with { Language = "python" }, ExecutionMode.Live)
            .ShouldBe(RequestFingerprint.Of(Full, ExecutionMode.Live));

    [Fact]
    public void Fingerprint_EveryField_ChangesIt()
    {
        var every = Full with { UserId = "v", Code = "print(2)", IdempotencyKey = "other", MergeOutput = true, Language = "bash" };
        var fingerprints = new HashSet<string> { RequestFingerprint.Of(Small, ExecutionMode.Plain) };
        foreach (var field in typeof(ExecutionRequest).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (field.Name == nameof(ExecutionRequest.CallerId))
                continue;

            field.GetValue(every).ShouldNotBe(field.GetValue(Small), $"{field.Name} needs a value of its own here.");
            var request = Small with { };
            field.SetValue(request, field.GetValue(every));
            fingerprints.Add(RequestFingerprint.Of(request, ExecutionMode.Plain)).ShouldBeTrue(field.Name);
        }

        RequestFingerprint.Of(Small, ExecutionMode.Interactive).ShouldNotBe(RequestFingerprint.Of(Small, ExecutionMode.Plain));
    }
}
