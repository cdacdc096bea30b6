using CodeInterpreter.Contracts;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Executions.Records;

/// <summary>Refuses invalid durations and limits, and names the option.</summary>
internal sealed class ExecutionOptionsValidator : IValidateOptions<ExecutionOptions>
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    public ValidateOptionsResult Validate(string? name, ExecutionOptions options)
    {
        var failures = new List<string>();
        Require(options.DefaultWallTime, nameof(options.DefaultWallTime));
        Require(options.MaxWallTime, nameof(options.MaxWallTime));
        Require(options.QueueTimeout, nameof(options.QueueTimeout));
        Require(options.TransferTimeout, nameof(options.TransferTimeout));
        Require(options.PublishTimeout, nameof(options.PublishTimeout));
        Require(options.Retention, nameof(options.Retention));
        Require(options.MaxCpuTime, nameof(options.MaxCpuTime));
        RequireCount(options.MaxMemoryBytes, ExecutionOptions.MinMemoryBytes, nameof(options.MaxMemoryBytes));
        RequireCount(options.MaxProcesses, ExecutionOptions.MinProcesses, nameof(options.MaxProcesses));
        RequireCount(options.MaxOutputBytes, 1, nameof(options.MaxOutputBytes));
        RequireCount(options.MaxFileBytes, 1, nameof(options.MaxFileBytes));
        RequireCount(options.MaxFiles, 1, nameof(options.MaxFiles));
        RequireCount(options.MaxTotalFileBytes, 1, nameof(options.MaxTotalFileBytes));
        RequireCount(options.MaxInputFileBytes, 1, nameof(options.MaxInputFileBytes));
        RequireCount(options.MaxUserResultBytes, 0, nameof(options.MaxUserResultBytes));
        if (options.MaxWallTime.TotalSeconds > ExecuteCode.LongestWallTimeSeconds)
        {
            failures.Add(
                $"{ExecutionOptions.Section}:{nameof(options.MaxWallTime)} must be at most "
                    + $"{TimeSpan.FromSeconds(ExecuteCode.LongestWallTimeSeconds)}, not {options.MaxWallTime}: the broker redelivers "
                    + "longer executions to another runner."
            );
        }

        if (options.DefaultWallTime > options.MaxWallTime)
        {
            failures.Add(
                $"{ExecutionOptions.Section}:{nameof(options.DefaultWallTime)} ({options.DefaultWallTime}) must not be "
                    + $"more than {nameof(options.MaxWallTime)} ({options.MaxWallTime})."
            );
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void RequireCount(long value, long min, string option)
        {
            if (value < min)
            {
                failures.Add($"{ExecutionOptions.Section}:{option} must be at least {min}, not {value}.");
            }
        }

        void Require(TimeSpan value, string option)
        {
            if (value <= TimeSpan.Zero || value > Longest)
            {
                failures.Add(
                    $"{ExecutionOptions.Section}:{option} must be more than 0 and at most {Longest.TotalDays} days, " + $"not {value}."
                );
            }
        }
    }
}
