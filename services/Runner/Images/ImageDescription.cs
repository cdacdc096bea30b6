using System.Text.Json;
using System.Text.Json.Serialization;
using CodeInterpreter.Contracts;

namespace CodeInterpreter.Runner.Images;

/// <summary>
/// The description that an image carries of itself: JSON, written when it was built. It is data, and believed within bounds.
/// </summary>
internal sealed record ImageDescription
{
    /// <summary>Where it is in the image.</summary>
    public const string Path = "/opt/sandbox/environment.json";

    /// <summary>Version of the sandbox protocol that the supervisor speaks.</summary>
    public required int Protocol { get; init; }

    public required string Kind { get; init; }

    public string Version { get; set; } = "";

    public string Revision { get; set; } = "";

    public DateTimeOffset? Created { get; set; }

    public required string Python { get; init; }

    public IReadOnlyList<string> Languages { get; set; } = [];

    public IReadOnlyList<VersionedName> Packages { get; set; } = [];

    public IReadOnlyList<VersionedName> Tools { get; set; } = [];

    public IReadOnlyList<string> Fonts { get; set; } = [];

    public IReadOnlyList<string> Locales { get; set; } = [];

    public IReadOnlyList<MissingPart> Missing { get; set; } = [];

    /// <summary>Reads the file.</summary>
    /// <exception cref="ImageFaultException">It is none, or exceeds the bounds.</exception>
    public static ImageDescription Read(ReadOnlySpan<byte> content)
    {
        if (content.Length > EnvironmentBounds.Bytes)
            throw Malformed($"has {content.Length} bytes; at most {EnvironmentBounds.Bytes} are allowed");
        try
        {
            var description = JsonSerializer.Deserialize(content, ImageJson.Default.ImageDescription) ?? throw Malformed("is null");
            return EnvironmentBounds.FaultOf(description.ToEnvironment()) is { } fault ? throw Malformed(fault) : description;
        }
        catch (JsonException exception)
        {
            throw Malformed($"is not the JSON it should be, at {exception.Path ?? "its beginning"}");
        }
    }

    public SandboxEnvironment ToEnvironment() =>
        new()
        {
            Kind = Kind,
            Version = Version,
            Revision = Revision,
            CreatedAt = Created,
            Python = Python,
            Languages = Languages,
            Packages = Packages,
            Tools = Tools,
            Fonts = Fonts,
            Locales = Locales,
            Missing = Missing,
        };

    private static ImageFaultException Malformed(string fault) => new($"has a description that cannot be used: {Path} {fault}.");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 5
)]
[JsonSerializable(typeof(ImageDescription))]
internal sealed partial class ImageJson : JsonSerializerContext;
