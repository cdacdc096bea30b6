using CodeInterpreter.Contracts;

namespace CodeInterpreter.Runner.Files;

/// <summary>What has come out of a sandbox so far: files that are stored, and entries that are not.</summary>
internal sealed class Harvest
{
    private readonly List<GeneratedFile> _generated = [];
    private readonly List<SkippedFile> _skipped = [];
    private int _unreported;

    public IReadOnlyList<GeneratedFile> GeneratedFiles => _generated;

    public IReadOnlyList<SkippedFile> SkippedFiles => _skipped;

    public int SkippedFileCount => _skipped.Count + _unreported;

    public void Add(GeneratedFile file) => _generated.Add(file);

    public void Skip(SkippedFile file) => _skipped.Add(file);

    /// <summary>Entries that were skipped without being reported one by one.</summary>
    public void SkipUnreported(int count) => _unreported += count;
}
