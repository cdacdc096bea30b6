using System.Text.Json.Nodes;
using CodeInterpreter.Hostile.Tests.Hosting;

namespace CodeInterpreter.Hostile.Tests.Code;

/// <summary>What hostile code does in any language gets the same answer in each, and the host stays clean.</summary>
[Collection(typeof(OneHost))]
public sealed class OtherLanguageTests(HostileHost host)
{
    public static TheoryData<string, string, string, string> Cases =>
        new()
        {
            { "bash", "fork bomb", "bomb() { bomb | bomb & }; bomb; sleep 99", "TimedOut" },
            {
                "javascript",
                "fork bomb",
                "const { spawn } = require('child_process'); "
                    + "for (;;) try { spawn('sleep', ['99'], { detached: true }).on('error', () => 0) } catch {}",
                "TimedOut OutOfMemory"
            },
            { "bash", "memory", "x=xxxxxxxx; while :; do x=$x$x; done", "OutOfMemory" },
            { "javascript", "memory", "const a = []; for (;;) a.push(Buffer.alloc(1e8, 1))", "OutOfMemory" },
            { "bash", "output flood", "yes", "OutputLimitExceeded" },
            { "javascript", "output flood", "for (;;) require('fs').writeSync(1, 'x'.repeat(65536))", "OutputLimitExceeded" },
            { "bash", "full disk", "dd if=/dev/zero of=big bs=1M count=600 2>/dev/null; rm big; echo kept > kept.txt", "Succeeded" },
            {
                "javascript",
                "full disk",
                "const fs = require('fs'); const f = fs.openSync('big', 'w'); "
                    + "try { for (;;) fs.writeSync(f, Buffer.alloc(1 << 20)) } catch { } "
                    + "fs.unlinkSync('big'); fs.closeSync(f); fs.writeFileSync('kept.txt', 'kept')",
                "Succeeded"
            },
            { "bash", "ignored signals and sleep", "trap '' TERM INT HUP; while :; do sleep 99; done", "TimedOut" },
            {
                "javascript",
                "ignored signals and sleep",
                "for (const s of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(s, () => 0); setInterval(() => 0, 1000)",
                "TimedOut"
            },
            { "bash", "orphans", "for i in 1 2 3; do setsid sleep 99 >/dev/null 2>&1 & done; echo kept > kept.txt", "Succeeded" },
            {
                "javascript",
                "orphans",
                "require('child_process').spawn('sleep', ['99'], { detached: true, stdio: 'ignore' }).unref(); "
                    + "require('fs').writeFileSync('kept.txt', 'kept')",
                "Succeeded"
            },
            { "bash", "links", "ln -s /etc/passwd link; ln -s / root; mkfifo pipe; echo kept > kept.txt", "Succeeded" },
            {
                "javascript",
                "links",
                "const fs = require('fs'); fs.symlinkSync('/etc/passwd', 'link'); fs.writeFileSync('kept.txt', 'kept')",
                "Succeeded"
            },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task HostileProgram_HasTheExpectedResultAndDisturbsNoOther(string language, string what, string code, string outcomes)
    {
        var result = await host.ExecuteAsync(
            new JsonObject
            {
                ["user_id"] = HostileHost.NewUser(),
                ["language"] = language,
                ["code"] = code,
                ["limits"] = new JsonObject { ["wall_time_seconds"] = what is "full disk" or "memory" or "output flood" ? 120 : 3 },
            }
        );

        var outcome = result.Text("outcome");
        outcomes
            .Split(' ')
            .ShouldContain(outcome, $"{language}, {what}: {result.ToJsonString()[..Math.Min(result.ToJsonString().Length, 2000)]}");
        result.FileNames().Except(["big", "stdout.txt"]).ShouldBe(outcome == "Succeeded" ? ["kept.txt"] : []);
        await host.ShouldBeCleanAsync();
    }
}
