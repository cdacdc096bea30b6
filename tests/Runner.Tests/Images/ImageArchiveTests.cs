using System.Formats.Tar;
using CodeInterpreter.Runner.Images;

namespace CodeInterpreter.Runner.Tests.Images;

public sealed class ImageArchiveTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_Files_HavePathsAndLinksHaveNoContent()
    {
        var files = await ReadAsync(tar =>
        {
            tar.WriteEntry(new GnuTarEntry(TarEntryType.Directory, "supervisor/"));
            tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, "supervisor/a.py") { DataStream = new MemoryStream([1, 2]) });
            tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, "supervisor/empty.py"));
            tar.WriteEntry(new GnuTarEntry(TarEntryType.SymbolicLink, "supervisor/b.py") { LinkName = "/etc/shadow" });
        });

        files.Select(file => file.Path).ShouldBe(["/opt/supervisor/a.py", "/opt/supervisor/empty.py", "/opt/supervisor/b.py"]);
        files[0].Content.ShouldBe([1, 2]);
        files[1].Content.ShouldBe([]);
        files[2].Content.ShouldBeNull();
    }

    [Fact]
    public async Task Read_TooManyEntries_IsRefused() =>
        await Should.ThrowAsync<ImageFaultException>(() =>
            ReadAsync(tar =>
            {
                for (var i = 0; i <= ImageArchive.MaxEntries; i++)
                    tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, $"supervisor/{i}"));
            })
        );

    [Fact]
    public async Task Read_TooManyBytes_IsRefusedBeforeReading() =>
        await Should.ThrowAsync<ImageFaultException>(() =>
            ReadAsync(tar =>
                tar.WriteEntry(
                    new GnuTarEntry(TarEntryType.RegularFile, "supervisor/large")
                    {
                        DataStream = new MemoryStream(new byte[ImageArchive.MaxBytes + 1]),
                    }
                )
            )
        );

    private static async Task<IReadOnlyList<ImageFile>> ReadAsync(Action<TarWriter> write)
    {
        using var archive = new MemoryStream();
        await using (var tar = new TarWriter(archive, leaveOpen: true))
            write(tar);
        archive.Position = 0;
        return await ImageArchive.ReadAsync(archive, "/opt", Token);
    }
}
