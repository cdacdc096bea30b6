using System.Runtime.CompilerServices;
using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Expiry;
using CodeInterpreter.FileStore.Settings;
using CodeInterpreter.FileStore.Tests.Hosting;

namespace CodeInterpreter.FileStore.Tests;

public sealed class ArchitectureTests
{
    private static readonly string Project = Path.Combine(Repository.Root, "services", "FileStore");

    [Fact]
    public void PublicTypes_AreRegistrationAndOptions() =>
        typeof(FileStoreOptions)
            .Assembly.ExportedTypes.Where(type => type.Name != "Program")
            .ShouldBe(
                [
                    typeof(FileStoreExtensions),
                    typeof(FileStoreOptions),
                    typeof(ExpiryOptions),
                    typeof(BlobOptions),
                    typeof(BlobProvider),
                    typeof(S3BlobOptions),
                ],
                ignoreOrder: true
            );

    [Fact]
    public void Classes_AreSealed() =>
        typeof(FileStoreOptions)
            .Assembly.GetTypes()
            .Where(type => type.IsClass && type.Namespace?.StartsWith(typeof(FileStoreExtensions).Namespace!) == true)
            .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
            .ShouldAllBe(type => type.IsSealed);

    [Theory]
    [InlineData("Microsoft.Data.Sqlite", "Metadata")]
    [InlineData("Dapper", "Metadata")]
    [InlineData("MongoDB", "Metadata")]
    [InlineData("Grpc.Core", "Access Grpc")]
    [InlineData("Google.Protobuf", "Grpc")]
    [InlineData("CodeInterpreter.Files.V1", "Access Grpc")]
    [InlineData("CodeInterpreter.FileStore.Grpc", "")]
    [InlineData("CodeInterpreter.FileStore.Health", "")]
    [InlineData("CodeInterpreter.FileStore.Catalog", " Grpc")]
    [InlineData("CodeInterpreter.FileStore.Metadata", " Catalog Expiry Migration")]
    [InlineData("CodeInterpreter.FileStore.Blobs", " Catalog Expiry Migration")]
    [InlineData("CodeInterpreter.FileStore.Migration", "")]
    [InlineData("Amazon", "Blobs")]
    public void Namespace_UsedInAnotherFolder_IsAllowedByTheRules(string used, string folders)
    {
        var users = Directory
            .EnumerateFiles(Project, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Folder: FolderOf(path), Text: File.ReadAllText(path)))
            .Where(file => file.Folder is not ("obj" or "bin") && file.Text.Contains($"using {used}", StringComparison.Ordinal))
            .Select(file => file.Folder)
            .Distinct();

        users.ShouldBe(folders.Split(' '), ignoreOrder: true);
    }

    private static string FolderOf(string path)
    {
        var parts = Path.GetRelativePath(Project, path).Split(Path.DirectorySeparatorChar);
        return parts.Length == 1 ? "" : parts[0];
    }
}
