using System.Text;
using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Images;

namespace CodeInterpreter.Runner.Tests.Images;

public sealed class ImageDescriptionTests
{
    private const string Whole = """
        {
          "protocol": 1, "kind": "standard", "version": "2.0.0", "revision": "abc", "created": "2026-11-27T07:00:00Z", "python": "3.14.0",
          "languages": ["python", "bash"], "packages": [{ "name": "numpy", "version": "2.3.3" }],
          "tools": [{ "name": "jq", "version": "1.8" }],
          "fonts": ["文泉驛微米黑"], "locales": ["de_DE.UTF-8"], "missing": [{ "name": "polars", "reason": "use pandas" }], "later": { "more": 1 }
        }
        """;

    [Fact]
    public void Parse_Description_IgnoresUnknownFields()
    {
        var description = Read(Whole);
        var environment = description.ToEnvironment();

        description.Protocol.ShouldBe(1);
        environment.Kind.ShouldBe("standard");
        environment.Version.ShouldBe("2.0.0");
        environment.CreatedAt.ShouldBe(new DateTimeOffset(2026, 11, 27, 7, 0, 0, TimeSpan.Zero));
        environment.Languages.ShouldBe(["python", "bash"]);
        environment.Packages.ShouldBe([new VersionedName("numpy", "2.3.3")]);
        environment.Tools.ShouldBe([new VersionedName("jq", "1.8")]);
        environment.Fonts.ShouldBe(["文泉驛微米黑"]);
        environment.Locales.ShouldBe(["de_DE.UTF-8"]);
        environment.Missing.ShouldBe([new MissingPart("polars", "use pandas")]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{ "protocol": 1 }""")]
    [InlineData("""{ "protocol": "1", "kind": "a", "python": "3" }""")]
    [InlineData("""{ "protocol": 1, "kind": "", "python": "3" }""")]
    [InlineData("""{ "protocol": 1, "kind": null, "python": "3" }""")]
    [InlineData("""{ "protocol": 1, "kind": "a", "python": "3", "packages": null }""")]
    [InlineData("""{ "protocol": 1, "kind": "a", "python": "3", "packages": [null] }""")]
    [InlineData("""{ "protocol": 1, "kind": "a", "python": "3", "packages": [{ "name": "x" }] }""")]
    [InlineData("""{ "protocol": 1, "kind": "a", "python": "3", "fonts": [null] }""")]
    [InlineData("""{ "protocol": 1, "kind": "a", "python": "3", "fonts": ["two\nlines"] }""")]
    [InlineData("""{ "protocol": 1, "kind": "a", "python": "3", "fonts": ["right to left \u202e"] }""")]
    [InlineData("""{ "protocol": 1, "kind": "a", "python": "3" } more""")]
    public void Parse_InvalidDescription_IsRefusedInOneLine(string json)
    {
        var message = Should.Throw<ImageFaultException>(() => Read(json)).Message;

        message.ShouldStartWith("has a description that cannot be used: /opt/sandbox/environment.json ");
        message.ShouldNotContain("\n");
    }

    [Fact]
    public void Parse_LargeDescription_IsRefusedWithTheLimit()
    {
        Should
            .Throw<ImageFaultException>(() => Read(new string(' ', EnvironmentBounds.Bytes + 1)))
            .Message.ShouldContain("at most 524288 are allowed");
        Should.Throw<ImageFaultException>(() => Read(With("languages", 33, "\"x\""))).Message.ShouldContain("at most 32 are allowed");
        Should
            .Throw<ImageFaultException>(() => Read(With("tools", 1001, """{"name":"x","version":""}""")))
            .Message.ShouldContain("at most 1000 are allowed");
        Should
            .Throw<ImageFaultException>(() => Read(With("fonts", 1, $"\"{new string('x', 201)}\"")))
            .Message.ShouldContain("at most 200 are allowed");
        Read(With("tools", 1000, """{"name":"x","version":""}""")).Tools.Count.ShouldBe(1000);
    }

    private static ImageDescription Read(string json) => ImageDescription.Read(Encoding.UTF8.GetBytes(json));

    private static string With(string field, int count, string entry) =>
        $$"""{ "protocol": 1, "kind": "a", "python": "3", "{{field}}": [{{string.Join(',', Enumerable.Repeat(entry, count))}}] }""";
}
