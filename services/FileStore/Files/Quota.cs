using System.Globalization;

namespace CodeInterpreter.FileStore.Files;

/// <summary>How much an owner may have, or an execution; 0 for no limit.</summary>
internal sealed record Quota(long MaxFiles, long MaxBytes)
{
    public static readonly Quota None = new(0, 0);

    /// <summary>What each execution may have, besides its owner's quota.</summary>
    public Quota? OfExecution { get; init; }

    public bool IsLimited => MaxFiles > 0 || MaxBytes > 0;

    /// <summary>The tighter of two, limit by limit.</summary>
    public Quota Within(Quota other) => new(Least(MaxFiles, other.MaxFiles), Least(MaxBytes, other.MaxBytes));

    /// <summary>The quotas that a file counts against, and the execution that is meant where it is not the owner.</summary>
    public IEnumerable<(Quota Quota, string? ExecutionId)> For(StoredFile file)
    {
        if (IsLimited)
            yield return (this, null);
        if (OfExecution is { IsLimited: true } own && file.ExecutionId is { } executionId)
            yield return (own, executionId);
    }

    /// <summary>Refuses a file that makes the usage more than allowed.</summary>
    /// <exception cref="FileStoreException">It does.</exception>
    public void Check(FileUsage withFile, long fileSize)
    {
        if (MaxBytes > 0 && withFile.Bytes > MaxBytes)
        {
            throw Exceeded($"{withFile.Bytes - fileSize} of {MaxBytes} bytes are taken, the file has {fileSize}");
        }

        if (MaxFiles > 0 && withFile.Files > MaxFiles)
        {
            throw Exceeded($"{withFile.Files - 1} of {MaxFiles} files are there");
        }
    }

    private static long Least(long first, long second) =>
        first == 0 ? second
        : second == 0 ? first
        : Math.Min(first, second);

    private static FileStoreException Exceeded(FormattableString figures) =>
        new(
            FileError.QuotaExceeded,
            $"There is no room for this file: {figures.ToString(CultureInfo.InvariantCulture)}. Delete files, or wait until some expire."
        );
}
