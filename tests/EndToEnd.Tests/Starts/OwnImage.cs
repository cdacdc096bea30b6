namespace CodeInterpreter.EndToEnd.Tests.Starts;

/// <summary>An image that a test derives from the sandbox image, and removes again.</summary>
internal sealed class OwnImage : IAsyncDisposable
{
    private OwnImage(string name) => Name = name;

    public string Name { get; }

    /// <summary>The sandbox image under test.</summary>
    private static string Base =>
        Environment.GetEnvironmentVariable("Sandbox__Image") is { Length: > 0 } image ? image : "code-interpreter/sandbox:dev";

    /// <summary>Builds it by these lines of a Dockerfile, with these files to copy.</summary>
    public static async Task<OwnImage> BuildAsync(string lines, params (string Path, string Content)[] files)
    {
        var directory = Directory.CreateTempSubdirectory("code-interpreter-test-").FullName;
        try
        {
            foreach (var (path, content) in files.Append(("Dockerfile", $"FROM {Base}\n{lines}\n")))
            {
                var file = Path.Combine(directory, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllTextAsync(file, content);
            }

            var image = new OwnImage($"code-interpreter/own-image-test:{Guid.NewGuid():N}");
            await Docker.RunAsync("build", "--quiet", "--tag", image.Name, directory);
            return image;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    public async ValueTask DisposeAsync() => await Docker.RunAsync("rmi", "--force", Name);
}
