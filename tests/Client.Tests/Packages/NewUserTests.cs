using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using System.Text.RegularExpressions;

namespace CodeInterpreter.Client.Tests.Packages;

/// <summary>What a new user does: takes the packages into an empty project, and pastes what the pages say.</summary>
public sealed partial class NewUserTests(ProductFixture product)
{
    private const string Boundary = "-=- end of the example -=-";

    private static readonly string Configuration = typeof(NewUserTests)
        .Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!
        .Configuration;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Packages_InstalledByANewUser_RunTheExamplesOfThePages()
    {
        var directory = Directory.CreateTempSubdirectory("code-interpreter-test-").FullName;
        try
        {
            var packages = Path.Combine(directory, "packages");
            foreach (var package in new[] { "Client", "Client.AI" })
            {
                await DotnetAsync(directory, "pack", Path.Combine(CommandLine.Root, "clients/dotnet", package), "--output", packages);
                ShouldBeComplete(packages, $"CodeInterpreter.{package}");
            }

            foreach (var path in new[] { "docs/client.md", "clients/dotnet/Client/README.md", "clients/dotnet/Client.AI/README.md" })
                await ShouldBeTrueAsync(directory, Page.Read(path));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private async Task ShouldBeTrueAsync(string directory, Page page)
    {
        var project = Directory.CreateDirectory(Path.Combine(directory, page.Name.Replace('/', '-'))).FullName;
        await File.WriteAllTextAsync(Path.Combine(project, "nuget.config"), NuGetConfig(directory), Token);
        await File.WriteAllTextAsync(Path.Combine(project, "new.csproj"), Project, Token);
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), page.ToProgram(product.Address.ToString(), Boundary), Token);
        await DotnetAsync(project, "build", project);

        var program = new ProcessStartInfo("dotnet", [Path.Combine(project, $"bin/{Configuration}/net10.0/new.dll")]);
        // What a web application logs of its requests is not what the page is about.
        program.Environment["Logging__LogLevel__Default"] = "Warning";
        var printed = await CommandLine.RunAsync(program);

        var parts = printed.Split(Boundary + "\n");
        parts.Length.ShouldBe(page.Examples.Count + 1, printed);
        foreach (var (part, (code, prints)) in parts.Zip(page.Examples))
        {
            var expected = Regex.Escape((prints ?? "").Trim()).Replace("…", ".*", StringComparison.Ordinal);
            part.Trim().ShouldMatch($"^{expected}$", $"{page.Name}:\n{code}");
        }
    }

    private static void ShouldBeComplete(string packages, string name)
    {
        using var package = ZipFile.OpenRead(Directory.GetFiles(packages, $"{name}.*.nupkg").Single(path => IsOf(path, name)));
        var files = package.Entries.Select(entry => entry.FullName).ToList();
        foreach (var framework in new[] { "net8.0", "net10.0" })
        {
            files.ShouldContain($"lib/{framework}/{name}.dll");
            files.ShouldContain($"lib/{framework}/{name}.xml");
        }

        files.ShouldContain("README.md");
        using var reader = new StreamReader(package.GetEntry($"{name}.nuspec")!.Open());
        var description = reader.ReadToEnd();
        description.ShouldContain("<license type=\"expression\">Apache-2.0</license>");
        description.ShouldContain("<readme>README.md</readme>");
        using var symbols = ZipFile.OpenRead(Directory.GetFiles(packages, $"{name}.*.snupkg").Single(path => IsOf(path, name)));
        symbols.Entries.Select(entry => entry.FullName).ShouldContain($"lib/net10.0/{name}.pdb");
    }

    private static bool IsOf(string path, string name) => char.IsAsciiDigit(Path.GetFileName(path)[name.Length + 1]);

    private static Task<string> DotnetAsync(string directory, string command, params IEnumerable<string> arguments) =>
        CommandLine.RunAsync(
            new ProcessStartInfo("dotnet", [command, .. arguments, "--configuration", Configuration, "--nologo"])
            {
                WorkingDirectory = directory,
            }
        );

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="CodeInterpreter.Client.AI" Version="*" />
          </ItemGroup>
        </Project>
        """;

    // The packages of this build, and for all others what the build has fetched: no network, and nothing of an earlier version.
    private static string NuGetConfig(string directory)
    {
        var fetched =
            Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget/packages");
        return $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{directory}/restored" /></config>
              <packageSources>
                <clear />
                <add key="ours" value="{directory}/packages" />
                <add key="fetched" value="{fetched}" />
              </packageSources>
              <packageSourceMapping>
                <packageSource key="ours"><package pattern="CodeInterpreter.*" /></packageSource>
                <packageSource key="fetched"><package pattern="*" /></packageSource>
              </packageSourceMapping>
            </configuration>
            """;
    }
}
