using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Environments;
using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Tests.Environments;

public sealed class EnvironmentTextTests
{
    private const string Files = "200 files of at most 50 MiB";

    [Fact]
    public void Text_HasTheFactsInOrder() =>
        EnvironmentText
            .Of(CommonEnvironment.Of([RunnerEnvironments.Standard]), new ExecutionOptions())
            .ShouldBe(
                $"""
                Code runs in a fresh Linux sandbox without network, with Python 3.14.0.
                Languages: python, bash.
                Working directory: /mnt/data. Files that the code writes there are returned and kept; input files are there.
                Limits: 30 s (at most 300 s on request), 1 GiB of memory, 256 processes, 1 MiB of output, {Files}, 256 MiB together.
                Python packages: numpy 2.3, Pillow 11.1, ruamel.yaml 0.18.
                Programs: ffmpeg 7.1, jq 1.8.
                Fonts: DejaVu Sans, WenQuanYi Micro Hei.
                Locales: C.UTF-8, de_DE.UTF-8.
                Not there: polars (Debian does not have it).
                Nothing can be installed.

                """
            );

    [Fact]
    public void Text_HasTheLimitsOfTheOperator() =>
        EnvironmentText
            .Of(
                CommonEnvironment.Of([RunnerEnvironments.Standard]),
                new ExecutionOptions
                {
                    DefaultWallTime = TimeSpan.FromSeconds(2.5),
                    MaxMemoryBytes = 1536L << 20,
                    MaxOutputBytes = 1000,
                }
            )
            .ShouldContain("Limits: 2.5 s (at most 300 s on request), 1.5 GiB of memory, 256 processes, 1000 bytes of output");

    [Fact]
    public void Text_OfTheLargestDescription_IsCutAndSaysHowMuch()
    {
        var largest = Filled(EnvironmentBounds.ManyParts, EnvironmentBounds.Parts, EnvironmentBounds.NameLength);
        EnvironmentBounds.FaultOf(largest).ShouldBeNull();

        var text = EnvironmentText.Of(CommonEnvironment.Of([largest]), new ExecutionOptions());

        text.Length.ShouldBeLessThanOrEqualTo(EnvironmentText.MaxLength);
        text.ShouldContain(" more.");
    }

    // An image with much in it, names and versions as they are: a token is about three characters or more of such text.
    [Fact]
    public void Text_OfALargeImage_FitsIntoAbout1500Tokens()
    {
        var text = EnvironmentText.Of(CommonEnvironment.Of([Filled(400, 60, 14)]), new ExecutionOptions());

        (text.Length / 3.0).ShouldBeLessThan(1600);
        text.ShouldContain("Python packages: ");
        text.ShouldContain(" more.");
    }

    private static SandboxEnvironment Filled(int many, int few, int length) =>
        new()
        {
            Kind = "own",
            Python = new string('3', length),
            Languages = [.. Names(EnvironmentBounds.Languages, length)],
            Packages = [.. Names(many, length).Select(name => new VersionedName(name, "10.12.3"))],
            Tools = [.. Names(few, length).Select(name => new VersionedName(name, "10.12.3"))],
            Fonts = [.. Names(many, length)],
            Locales = [.. Names(few, length)],
            Missing = [.. Names(few, length).Select(name => new MissingPart(name, "why"))],
        };

    private static IEnumerable<string> Names(int count, int length) =>
        Enumerable.Range(0, count).Select(number => $"{number:0000}".PadRight(length, 'x'));
}
