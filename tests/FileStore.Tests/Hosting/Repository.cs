namespace CodeInterpreter.FileStore.Tests.Hosting;

/// <summary>The repository the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Microservices.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("The tests do not run within the repository.");
        }

        return directory.FullName;
    }
}
