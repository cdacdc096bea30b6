using System.Diagnostics;

namespace CodeInterpreter.TestServers.Tests;

public sealed class CleanUpTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Container_OfAnEndedOwner_IsRemovedAndOthersStay()
    {
        Assert.SkipUnless(CommandLine.IsOnPath("docker"), "There is no engine.");
        var image = (await DockerAsync("images", "--quiet", "--filter", "dangling=false")).Split('\n')[0];
        Assert.SkipWhen(image.Length == 0, "The engine has no image.");
        var abandoned = await CreateAsync(image, await EndedProcessIdAsync());
        var owned = await CreateAsync(image, Owner.Id);

        try
        {
            await ContainerHost.RemoveAbandonedAsync();

            var present = await DockerAsync("ps", "--all", "--quiet", "--no-trunc");
            present.ShouldNotContain(abandoned);
            present.ShouldContain(owned);
        }
        finally
        {
            await DockerAsync("rm", "--force", owned);
        }
    }

    private static async Task<string> CreateAsync(string image, string owner) =>
        (
            await DockerAsync(
                "create",
                "--label",
                ContainerHost.RoleLabel,
                "--label",
                ContainerHost.MachineLabel,
                "--label",
                $"{ContainerHost.OwnerLabel}={owner}",
                image,
                "true"
            )
        ).Trim();

    private static async Task<string> EndedProcessIdAsync()
    {
        using var process = Process.Start("true");
        await process.WaitForExitAsync(Token);
        return $"{process.Id}";
    }

    private static Task<string> DockerAsync(params string[] arguments) => CommandLine.RunAsync("docker", arguments, Token);
}
