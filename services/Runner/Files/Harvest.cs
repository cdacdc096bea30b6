using System.Text;
using CodeInterpreter.Contracts;

namespace CodeInterpreter.Runner.Files;

/// <summary>What has come out of a sandbox so far: files that are stored, and entries that are not.</summary>
internal sealed class Harvest
{
    /// <summary>Bytes that the paths of all reported skipped entries may have; the longest of honest sandboxes take 100 KiB.</summary>
    public const int MaxPathBytes = 256 * 1024;

    private readonly List<GeneratedFile> _generated = [];
    private readonly List<SkippedFile> _skipped = [];
    private long _pathBytes;
    private int _unreported;

    public IReadOnlyList<GeneratedFile> GeneratedFiles => _generated;

    public IReadOnlyList<SkippedFile> SkippedFiles => _skipped;

    public int SkippedFileCount => _skipped.Count + _unreported;

    /// <summary>Files outside of the output directory.</summary>
    public IReadOnlyList<LeftBehindFile> LeftBehind { get; set; } = [];

    public void Add(GeneratedFile file) => _generated.Add(file);

    /// <summary>An entry that is reported by its path, or only counted when the paths of others have used up the limit.</summary>
    public void Skip(SkippedFile file)
    {
        _pathBytes += Encoding.UTF8.GetByteCount(file.Path);
        if (_pathBytes <= MaxPathBytes)
            _skipped.Add(file);
        else
            _unreported++;
    }

    /// <summary>Entries that were skipped without being reported one by one.</summary>
    public void SkipUnreported(int count) => _unreported += count;
}
