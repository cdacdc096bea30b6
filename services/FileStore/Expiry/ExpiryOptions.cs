using System.ComponentModel.DataAnnotations;
using CodeInterpreter.FileStore.Settings;

namespace CodeInterpreter.FileStore.Expiry;

/// <summary>Settings of the sweeper that removes expired files, section <c>FileStore:Expiry</c>.</summary>
public sealed class ExpiryOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = FileStoreOptions.Section + ":Expiry";

    /// <summary>Time between two sweeps. Default 1 hour: readers never see an expired file, so a sweep only frees disk space.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "49.00:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Files claimed at a time, 1 to 10000. Default 500: done in well under a second, and replicas share the work.
    /// </summary>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 500;

    /// <summary>
    /// How long a claimed file is reserved for its sweeper before another one takes over. Default 5 min: far longer than a batch takes,
    /// and much shorter than the interval.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "3650.00:00:00")]
    public TimeSpan ClaimLease { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long expired files are remembered, so that their owners get a specific error. Default 7 days.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "3650.00:00:00")]
    public TimeSpan ExpiredKnownFor { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// Age from which an unfinished upload counts as left behind by a crash. Default 1 hour: no running upload is idle
    /// for that long.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "3650.00:00:00")]
    public TimeSpan UnfinishedGrace { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Age from which bytes without a record are removed. Default 48 hours, and never less than <see cref="FileStoreOptions.Retention"/>
    /// and <see cref="FileStoreOptions.MaxLifetime"/>: with a new, empty database a sweep then deletes nothing that a user can still
    /// request.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "3650.00:00:00")]
    public TimeSpan OrphanGrace { get; set; } = TimeSpan.FromHours(48);
}
