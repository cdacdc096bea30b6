using System.Globalization;
using System.Text;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Files;
using CodeInterpreter.ServiceDefaults.Errors;
using CodeInterpreter.ServiceDefaults.Naming;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Executions.Requests;

/// <summary>Lists everything that is wrong with a request, by the names of the fields in the API.</summary>
internal sealed class ExecutionRequestValidator(IOptions<ExecutionOptions> options)
{
    public IReadOnlyList<FieldViolation> Validate(ExecutionRequest request) =>
        [
            .. UserIds.Validate(request.UserId),
            .. ValidateCode(request.Code),
            .. ValidateUserFiles(request.UserFiles, request.Files),
            .. ValidateStdin(request.Stdin),
            .. ValidateArgs(request.Args),
            .. ValidateFiles(request.Files),
            .. ValidateEnvironment(request.Environment),
            .. ValidateProfile(request.Profile),
            .. ValidateLanguage(request),
            .. ValidateIdempotencyKey(request.IdempotencyKey),
            .. ValidateLimits(request.Limits, options.Value),
        ];

    private static IEnumerable<FieldViolation> ValidateCode(string? code)
    {
        if (code is null)
        {
            yield return new FieldViolation("code", "must be given; an empty program is \"\".");
        }
        else if (Encoding.UTF8.GetByteCount(code) > RequestLimits.CodeBytes)
        {
            yield return new FieldViolation("code", "must be at most 1 MiB of UTF-8.");
        }
    }

    private static IEnumerable<FieldViolation> ValidateUserFiles(
        IReadOnlyList<RequestedFile> userFiles,
        IReadOnlyList<InlineFile> inlineFiles
    )
    {
        if (userFiles.Count > RequestLimits.UserFiles)
        {
            yield return new FieldViolation("user_files", $"must be at most 100 files, not {userFiles.Count}.");
            yield break;
        }

        var taken = inlineFiles.Select(file => file.Filename).ToHashSet();
        foreach (var file in userFiles)
        {
            if (!FileId.IsWellFormed(file.FileId))
            {
                yield return new FieldViolation(file.Field, "is not a file id.");
            }

            if (file.Filename is null)
                continue;
            if ((FilePath.FaultOf(file.Filename) ?? (taken.Add(file.Filename) ? null : "is the name of another file.")) is { } problem)
            {
                yield return new FieldViolation($"{file.Field}.filename", problem);
            }
        }
    }

    private static IEnumerable<FieldViolation> ValidateStdin(string stdin)
    {
        if (Encoding.UTF8.GetByteCount(stdin) > RequestLimits.StdinBytes)
        {
            yield return new FieldViolation("stdin", "must be at most 1 MiB of UTF-8.");
        }
    }

    private static IEnumerable<FieldViolation> ValidateArgs(IReadOnlyList<string?> args)
    {
        if (args.Count > RequestLimits.Args)
        {
            yield return new FieldViolation("args", $"must be at most 100 arguments, not {args.Count}.");
            yield break;
        }

        var totalBytes = 0L;
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] is not { } arg)
            {
                yield return new FieldViolation($"args[{i}]", "must be a string, not null.");
                continue;
            }

            totalBytes += Encoding.UTF8.GetByteCount(arg);
            if (arg.Contains('\0'))
            {
                yield return new FieldViolation($"args[{i}]", "must not contain a NUL character.");
            }
        }

        if (totalBytes > RequestLimits.ArgsBytes)
        {
            yield return new FieldViolation("args", "must be at most 32 KiB of UTF-8 in all.");
        }
    }

    private static IEnumerable<FieldViolation> ValidateFiles(IReadOnlyList<InlineFile> files)
    {
        if (files.Count > RequestLimits.InlineFiles)
        {
            yield return new FieldViolation("files", $"must be at most {RequestLimits.InlineFiles}, not {files.Count}.");
            yield break;
        }

        if (files.Sum(file => (long)file.Content.Length) > RequestLimits.InlineFileBytes)
        {
            yield return new FieldViolation("files", "must be at most 2 MiB in all; larger ones can be uploaded.");
        }

        for (var i = 0; i < files.Count; i++)
        {
            if (FilePath.FaultOf(files[i].Filename) is { } problem)
            {
                yield return new FieldViolation($"files[{i}].filename", problem);
            }
        }
    }

    private static IEnumerable<FieldViolation> ValidateEnvironment(IReadOnlyDictionary<string, string?> variables)
    {
        if (variables.Count > RequestLimits.Variables)
        {
            yield return new FieldViolation("environment", $"must be at most {RequestLimits.Variables} variables, not {variables.Count}.");
            yield break;
        }

        foreach (var (name, value) in variables)
        {
            if (EnvironmentVariables.Check(name, value) is { } problem)
            {
                yield return new FieldViolation($"environment.{EnvironmentVariables.Printable(name)}", problem);
            }
        }

        if (variables.Sum(variable => Encoding.UTF8.GetByteCount(variable.Key + variable.Value)) > RequestLimits.VariableBytes)
        {
            yield return new FieldViolation("environment", "must be at most 32 KiB of UTF-8 in all.");
        }
    }

    private static IEnumerable<FieldViolation> ValidateProfile(string profile)
    {
        if (profile is not ("" or "bare" or "data"))
        {
            yield return new FieldViolation("profile", "must be bare, data or empty.");
        }
    }

    private static IEnumerable<FieldViolation> ValidateLanguage(ExecutionRequest request)
    {
        var language = request.Language.Length == 0 ? Languages.Python : request.Language;
        if (!Languages.IsKnown(language))
        {
            yield return new FieldViolation("language", $"must be one of {string.Join(", ", Languages.All)}.");
            yield break;
        }

        if (language == Languages.Python)
            yield break;

        if (request.Echo)
        {
            yield return new FieldViolation("echo", $"is for Python only; {language} code prints what it wants to show.");
        }

        if (request.Profile.Length > 0)
        {
            yield return new FieldViolation("profile", $"is for Python only; nothing is preloaded for {language}.");
        }

        // A number below the general minimum gets its own violation.
        if (Languages.IsNode(language) && request.Limits.Processes is >= ExecutionOptions.MinProcesses and < RequestLimits.MinNodeProcesses)
        {
            yield return new FieldViolation(
                "limits.processes",
                $"must be at least {RequestLimits.MinNodeProcesses} for {language}: Node.js itself has threads."
            );
        }
    }

    private static IEnumerable<FieldViolation> ValidateIdempotencyKey(string key)
    {
        if (key.Length > RequestLimits.IdempotencyKeyLength || key.Any(letter => letter is <= ' ' or > '~'))
        {
            yield return new FieldViolation("idempotency_key", "must be at most 128 printable ASCII characters without spaces.");
        }
    }

    private static IEnumerable<FieldViolation> ValidateLimits(RequestedLimits limits, ExecutionOptions max)
    {
        FieldViolation?[] violations =
        [
            Check("wall_time_seconds", limits.WallTimeSeconds, 0, max.MaxWallTime.TotalSeconds),
            Check("cpu_time_seconds", limits.CpuTimeSeconds, 0, max.MaxCpuTime.TotalSeconds),
            Check("memory_bytes", limits.MemoryBytes, ExecutionOptions.MinMemoryBytes, max.MaxMemoryBytes),
            Check("processes", limits.Processes, ExecutionOptions.MinProcesses, max.MaxProcesses),
            Check("output_bytes", limits.OutputBytes, 1, max.MaxOutputBytes),
            Check("file_bytes", limits.FileBytes, 1, max.MaxFileBytes),
            Check("files", limits.Files, 1, max.MaxFiles),
            Check("total_file_bytes", limits.TotalFileBytes, 1, max.MaxTotalFileBytes),
        ];
        return violations.OfType<FieldViolation>();
    }

    private static FieldViolation? Check(string field, double? value, double min, double max)
    {
        // A time has no smallest value above zero. Written so that NaN is refused, too.
        if (value is not { } asked || ((min == 0 ? asked > 0 : asked >= min) && asked <= max))
        {
            return null;
        }

        var bound = min == 0 ? "more than 0" : string.Create(CultureInfo.InvariantCulture, $"at least {min}");
        return new FieldViolation(
            $"limits.{field}",
            string.Create(CultureInfo.InvariantCulture, $"must be {bound} and at most {max}, not {asked}.")
        );
    }
}
