using CodeInterpreter.FileStore.Files;
using CodeInterpreter.ServiceDefaults.Naming;

namespace CodeInterpreter.FileStore.Tests.Hosting;

/// <summary>Records for tests that do not care about all of their fields.</summary>
internal static class TestFiles
{
    public static readonly DateTimeOffset Noon = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static StoredFile Create(string userId = "alice", DateTimeOffset? uploadedAt = null)
    {
        var at = uploadedAt ?? Noon;
        var fileId = FileId.Create(userId, at);
        return new StoredFile
        {
            FileId = fileId,
            UserId = userId,
            Filename = "plots/Größe 🙂.png",
            FilePath = $"{userId}/{fileId}",
            FileSize = 1234,
            FileType = "image",
            MimeType = "image/png",
            Sha256 = new string('a', 64),
            Source = FileSource.Generated,
            ExecutionId = "exec-1",
            UploadedAt = at,
            ExpiresAt = at.AddHours(48),
        };
    }
}
