using CodeInterpreter.FileStore.Files;

namespace CodeInterpreter.Benchmarks.StoreScale;

/// <summary>
/// The files of many users, made up the same way each time. Of each thousand, 500 are of one user, 250 of five, and 250 of fifty;
/// where there are a hundred thousand, one user has ten thousand of them. Five files each come from one execution.
/// </summary>
internal sealed class Population(int count)
{
    private const int Block = 1_000;
    private const int HeavyBlocks = 10;
    private const int HeavyEvery = 100;
    private const int FilesOfAnExecution = 5;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    public static readonly DateTimeOffset Now = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private int Blocks => count / Block;

    public IEnumerable<StoredFile> All() => Enumerable.Range(0, count).Select(FileAt);

    /// <summary>A file of a user with many, of which at least so many are newer.</summary>
    public StoredFile AnyFile(Random random, int newer = 0)
    {
        var block = random.Next(Blocks);
        // Within what belongs to one user the last file is the newest.
        var offset = block % HeavyEvery < HeavyBlocks && Blocks >= HeavyEvery ? random.Next(Block) : random.Next((Block / 2) - newer);
        return FileAt((block * Block) + offset);
    }

    private StoredFile FileAt(int index)
    {
        var userId = OwnerOf(index / Block, index % Block);
        var uploadedAt = Now.AddHours(-24).AddMilliseconds(index % (HeavyEvery * Block) * 500L);
        var fileId = $"{userId}_{uploadedAt.ToUnixTimeSeconds()}_{TextOf((ulong)index)}";
        return new StoredFile
        {
            FileId = fileId,
            UserId = userId,
            Filename = $"results/table {index}.csv",
            FilePath = $"{userId}/{fileId}",
            FileSize = 1_000 + (index % 100_000),
            FileType = "data",
            MimeType = "text/csv",
            Sha256 = new string('a', 64),
            Source = FileSource.Generated,
            ExecutionId = $"execution-{index / FilesOfAnExecution}",
            UploadedAt = uploadedAt,
            ExpiresAt = Now.AddHours(24),
        };
    }

    private string OwnerOf(int block, int offset) =>
        Blocks >= HeavyEvery && block % HeavyEvery < HeavyBlocks ? $"heavy-{block / HeavyEvery}"
        : offset < 500 ? $"many-{block}"
        : offset < 750 ? $"some-{block}-{offset / FilesOfAnExecution % 5}"
        : $"few-{block}-{offset / FilesOfAnExecution % 50}";

    // Spread over the whole range, as random ids are.
    private static string TextOf(ulong index)
    {
        var bits = new UInt128(Mix(index), Mix(index + 0x9E3779B97F4A7C15));
        return string.Create(
            16,
            bits,
            static (text, bits) =>
            {
                for (var i = 0; i < text.Length; i++, bits >>= 5)
                    text[i] = Alphabet[(int)(bits & 31)];
            }
        );
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
