using System.Text;
using CodeInterpreter.Files.V1;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.ServiceDefaults.Errors;
using CodeInterpreter.ServiceDefaults.Naming;
using CodeInterpreter.ServiceDefaults.Paging;
using FileSource = CodeInterpreter.Files.V1.FileSource;

namespace CodeInterpreter.FileStore.Grpc;

/// <summary>Refuses what callers must not send, and names every field that is wrong, not only the first.</summary>
internal static class RequestValidation
{
    public const int DefaultPageSize = 100;

    private const int MaxPageSize = 1000;
    private const int Sha256Digits = 64;
    private const int MaxUploadIdBytes = 256;

    public static void Check(UploadHeader header)
    {
        var violations = new List<FieldViolation>();
        CheckUserId(violations, "header.user_id", header.UserId);
        if (FilePath.FaultOf(header.Filename) is { } problem)
        {
            violations.Add(new("header.filename", problem));
        }

        if (FileMapping.SizeOf(header) < 0)
        {
            violations.Add(new("header.size", "must not be negative."));
        }

        if (header.Sha256.Length > 0 && !IsSha256(header.Sha256))
        {
            violations.Add(new("header.sha256", $"must be {Sha256Digits} hexadecimal digits, or empty."));
        }

        if (Encoding.UTF8.GetByteCount(header.UploadId) > MaxUploadIdBytes)
        {
            violations.Add(new("header.upload_id", $"must not be longer than {MaxUploadIdBytes} bytes of UTF-8."));
        }

        CheckSource(violations, header);
        ThrowIfAny(violations);
    }

    public static void Check(DownloadRequest request)
    {
        var violations = FileReference(request.UserId, request.FileId);
        if (request.Offset < 0)
        {
            violations.Add(new("offset", "must not be negative."));
        }

        if (request.Length < 0)
        {
            violations.Add(new("length", "must not be negative."));
        }

        ThrowIfAny(violations);
    }

    public static void Check(ExtendFileRequest request, TimeSpan maxLifetime)
    {
        var violations = FileReference(request.UserId, request.FileId);
        var max = (long)maxLifetime.TotalSeconds;
        if (request.LifetimeSeconds < 1 || request.LifetimeSeconds > max)
        {
            violations.Add(new("lifetime_seconds", $"must be 1 to {max}."));
        }

        ThrowIfAny(violations);
    }

    public static void CheckUser(string userId)
    {
        var violations = new List<FieldViolation>();
        CheckUserId(violations, "user_id", userId);
        ThrowIfAny(violations);
    }

    public static void Check(GetFileRequest request) => ThrowIfAny(FileReference(request.UserId, request.FileId));

    public static void Check(DeleteFileRequest request) => ThrowIfAny(FileReference(request.UserId, request.FileId));

    /// <summary>Checks a request for a page; returns where it begins, null for the newest file.</summary>
    public static FilePosition? Check(ListFilesRequest request)
    {
        var violations = new List<FieldViolation>();
        CheckUserId(violations, "user_id", request.UserId);
        CheckExecutionId(violations, "execution_id", request.ExecutionId);
        if (!Enum.IsDefined(request.Source))
        {
            violations.Add(new("source", "is not one this store knows."));
        }

        var name = FileMapping.NameOf(request) ?? "";
        if (Encoding.UTF8.GetByteCount(name) > FilePath.MaxBytes)
        {
            violations.Add(new("name", $"must not be longer than {FilePath.MaxBytes} bytes of UTF-8."));
        }

        // No name has them, and not every database takes them.
        if (name.Any(char.IsControl))
        {
            violations.Add(new("name", "must not contain control characters."));
        }

        if (request.PageSize is < 0 or > MaxPageSize)
        {
            violations.Add(new("page_size", $"must be 1 to {MaxPageSize}, or 0 for {DefaultPageSize}."));
        }

        var position = PageToken.Decode(request.PageToken);
        if (request.PageToken.Length > 0 && position is null)
        {
            violations.Add(new("page_token", "must be empty or the next_page_token of the page before."));
        }

        ThrowIfAny(violations);
        return position is var (uploadedAt, fileId) ? new FilePosition(uploadedAt, fileId) : null;
    }

    private static bool IsSha256(string text) => text.Length == Sha256Digits && text.All(char.IsAsciiHexDigit);

    private static void CheckSource(List<FieldViolation> violations, UploadHeader header)
    {
        if (!Enum.IsDefined(header.Source))
        {
            violations.Add(new("header.source", "is not one this store knows."));
        }

        CheckExecutionId(violations, "header.execution_id", header.ExecutionId);

        if (header.Source == FileSource.Generated && header.ExecutionId.Length == 0)
        {
            violations.Add(new("header.execution_id", "must name the execution that wrote a generated file."));
        }

        if (header.Source != FileSource.Generated && header.ExecutionId.Length > 0)
        {
            violations.Add(new("header.execution_id", "must be empty unless the file is a generated one."));
        }
    }

    private static List<FieldViolation> FileReference(string userId, string fileId)
    {
        var violations = new List<FieldViolation>();
        CheckUserId(violations, "user_id", userId);
        if (fileId.Length == 0)
        {
            violations.Add(new("file_id", "must not be empty."));
        }

        return violations;
    }

    private static void CheckUserId(List<FieldViolation> violations, string field, string userId)
    {
        if (!Identifier.IsValid(userId))
        {
            violations.Add(new(field, $"must be {Identifier.Form}."));
        }
    }

    private static void CheckExecutionId(List<FieldViolation> violations, string field, string executionId)
    {
        if (executionId.Length > 0 && !Identifier.IsValid(executionId))
        {
            violations.Add(new(field, $"must be {Identifier.Form}."));
        }
    }

    private static void ThrowIfAny(List<FieldViolation> violations)
    {
        if (violations.Count > 0)
        {
            throw RpcErrors.InvalidArgument(violations);
        }
    }
}
