using CodeInterpreter.FileStore.Expiry;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.FileStore;

/// <summary>Refuses settings that would make the store lose files, keep them for ever, or hang.</summary>
internal sealed class FileStoreOptionsValidator : IValidateOptions<FileStoreOptions>, IValidateOptions<ExpiryOptions>
{
    // The longest time a timer takes.
    private static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    // Ten years, so that adding it to the present cannot leave the calendar.
    private static readonly TimeSpan MaxRetention = TimeSpan.FromDays(3650);

    public ValidateOptionsResult Validate(string? name, FileStoreOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (string.IsNullOrWhiteSpace(options.DataDirectory))
        {
            result.AddError("must name a directory.", Full(nameof(options.DataDirectory)));
        }

        if (options.MaxFileBytes <= 0)
        {
            result.AddError("must be more than zero.", Full(nameof(options.MaxFileBytes)));
        }

        CheckQuota(result, nameof(options.MaxUserBytes), options.MaxUserBytes);
        CheckQuota(result, nameof(options.MaxUserFiles), options.MaxUserFiles);
        CheckQuota(result, nameof(options.MaxExecutionBytes), options.MaxExecutionBytes);
        CheckQuota(result, nameof(options.MaxExecutionFiles), options.MaxExecutionFiles);
        CheckTime(result, nameof(options.MaxLifetime), options.MaxLifetime, MaxRetention);
        CheckTime(result, nameof(options.Retention), options.Retention, MaxRetention);
        CheckTime(result, nameof(options.UploadIdleTimeout), options.UploadIdleTimeout, MaxWait);
        CheckTime(result, nameof(options.DownloadIdleTimeout), options.DownloadIdleTimeout, MaxWait);
        CheckTime(result, nameof(options.DrainTimeout), options.DrainTimeout, MaxWait);
        return result.Build();
    }

    public ValidateOptionsResult Validate(string? name, ExpiryOptions options)
    {
        const string Prefix = "Expiry:";
        var result = new ValidateOptionsResultBuilder();
        CheckTime(result, Prefix + nameof(options.SweepInterval), options.SweepInterval, MaxWait);
        CheckTime(result, Prefix + nameof(options.ClaimLease), options.ClaimLease, MaxRetention);
        CheckTime(result, Prefix + nameof(options.UnfinishedGrace), options.UnfinishedGrace, MaxRetention);
        CheckTime(result, Prefix + nameof(options.OrphanGrace), options.OrphanGrace, MaxRetention);
        CheckTime(result, Prefix + nameof(options.ExpiredKnownFor), options.ExpiredKnownFor, MaxRetention);
        if (options.BatchSize is <= 0 or > ExpiryOptions.MaxBatchSize)
        {
            result.AddError($"must be 1 to {ExpiryOptions.MaxBatchSize}.", Full(Prefix + nameof(options.BatchSize)));
        }

        return result.Build();
    }

    private static void CheckQuota(ValidateOptionsResultBuilder result, string option, long value)
    {
        if (value < 0)
        {
            result.AddError("must not be negative.", Full(option));
        }
    }

    private static void CheckTime(ValidateOptionsResultBuilder result, string option, TimeSpan value, TimeSpan max)
    {
        if (value <= TimeSpan.Zero || value > max)
        {
            result.AddError($"must be more than zero and at most {max}.", Full(option));
        }
    }

    private static string Full(string option) => $"{FileStoreOptions.Section}:{option}";
}
