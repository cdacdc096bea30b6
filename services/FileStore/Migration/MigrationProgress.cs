using System.Globalization;

namespace CodeInterpreter.FileStore.Migration;

/// <summary>Counts what is done, and says so at most once a second.</summary>
internal sealed class MigrationProgress(TextWriter messages, TimeProvider time)
{
    private const double BytesPerMegabyte = 1_000_000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<MigrationOutcome, int> _blobs = [];
    private readonly long _begun = time.GetTimestamp();
    private TimeSpan _said;
    private long _copiedBytes;

    public int this[MigrationOutcome outcome] => _blobs.GetValueOrDefault(outcome);

    public void Add(MigrationOutcome outcome, long bytes)
    {
        lock (_lock)
        {
            _blobs[outcome] = this[outcome] + 1;
            _copiedBytes += outcome == MigrationOutcome.Copied ? bytes : 0;
            if (time.GetElapsedTime(_begun) - _said >= Interval)
            {
                _said = time.GetElapsedTime(_begun);
                messages.WriteLine(this);
            }
        }
    }

    public override string ToString()
    {
        var seconds = time.GetElapsedTime(_begun).TotalSeconds;
        var megabytes = _copiedBytes / BytesPerMegabyte;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{this[MigrationOutcome.Copied]} copied, {megabytes:0.0} MB, {(seconds > 0 ? megabytes / seconds : 0):0.0} MB/s; "
                + $"{this[MigrationOutcome.AlreadyThere]} there already, {this[MigrationOutcome.WithoutRecord]} without a record, "
                + $"{this[MigrationOutcome.Damaged]} damaged"
        );
    }
}
