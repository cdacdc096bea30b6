using System.Text.RegularExpressions;
using CodeInterpreter.FileStore.Files;
using MongoDB.Bson;
using Field = CodeInterpreter.FileStore.Metadata.MongoFileFields;

namespace CodeInterpreter.FileStore.Metadata;

/// <summary>The conditions of <see cref="MongoFileMetadata"/>. Values are values there, whatever they look like.</summary>
internal static class MongoFileFilters
{
    public static BsonDocument Pending(string fileId) => AnyOf([fileId]).Add(Field.Pending, true);

    /// <summary>
    /// What a file that is being added shares a quota with: those its owner has, of one execution or of all, those that are
    /// being added, and itself. Of an upload id one file is left in the end, so no other of it counts.
    /// </summary>
    public static BsonDocument CountedWith(StoredFile file, string? executionId)
    {
        var filter = Counted(file.UserId, executionId, file.UploadedAt);
        if (file.UploadId is null)
            return filter;

        var key = MongoFileDocument.UploadKey(file);
        var another = new BsonDocument(Field.FileId, new BsonDocument("$ne", file.FileId));
        return filter.Add(
            "$nor",
            new BsonArray
            {
                new BsonDocument(Field.UploadKey, key).AddRange(another),
                new BsonDocument(Field.PendingKey, key).AddRange(another),
            }
        );
    }

    /// <summary>Everything that counts towards a quota: visible files, and files that are being added.</summary>
    public static BsonDocument Counted(string userId, string? executionId, DateTimeOffset now)
    {
        var filter = new BsonDocument
        {
            [Field.UserId] = userId,
            [Field.ExpiresAt] = new BsonDocument("$gt", MongoFileDocument.Date(now)),
            ["$or"] = new BsonArray { new BsonDocument(Field.State, Field.Stored), new BsonDocument(Field.Pending, true) },
        };
        if (executionId is not null)
            filter[Field.ExecutionId] = executionId;
        return filter;
    }

    public static BsonDocument Stored(string fileId) => new() { [Field.FileId] = fileId, [Field.State] = Field.Stored };

    public static BsonDocument Visible(string userId, string fileId, DateTimeOffset now) =>
        new BsonDocument(Field.FileId, fileId).AddRange(Visible(userId, now));

    /// <summary>From behind a place in the list on. The first bound is for the index, the choice for files of that moment.</summary>
    public static BsonDocument VisibleAfter(FileQuery query, FilePosition? after, DateTimeOffset now)
    {
        var filter = Visible(query.UserId, now);
        if (query.ExecutionId is not null)
            filter[Field.ExecutionId] = query.ExecutionId;
        if (query.Source is { } source)
            filter[Field.Source] = MongoFileDocument.NameOf(source);
        if (query.FileType is not null)
            filter[Field.FileType] = query.FileType;
        if (query.NameContains is not null)
            filter[Field.Filename] = new BsonRegularExpression(string.Join('|', query.NameForms.Select(Regex.Escape)), "i");
        if (after is null)
        {
            return filter;
        }

        var moment = MongoFileDocument.Date(after.UploadedAt);
        filter[Field.UploadedAt] = new BsonDocument("$lte", moment);
        filter["$or"] = new BsonArray
        {
            new BsonDocument(Field.UploadedAt, new BsonDocument("$lt", moment)),
            new BsonDocument(Field.FileId, new BsonDocument("$lt", after.FileId)),
        };
        return filter;
    }

    public static BsonDocument UploadOf(StoredFile file) => new(Field.UploadKey, MongoFileDocument.UploadKey(file));

    /// <summary>Expired, or claimed for deletion by a caller that did not finish in time.</summary>
    public static BsonDocument Claimable(string? userId, DateTimeOffset now)
    {
        var isOver = new BsonDocument("$lte", MongoFileDocument.Date(now));
        var owner = userId is null ? [] : new BsonDocument(Field.UserId, userId);
        return owner.Add(
            "$or",
            new BsonArray
            {
                new BsonDocument { [Field.State] = Field.Stored, [Field.ExpiresAt] = isOver },
                new BsonDocument { [Field.State] = Field.Deleting, [Field.ClaimedUntil] = isOver },
            }
        );
    }

    public static BsonDocument Claimable(DateTimeOffset now, IEnumerable<string> fileIds) =>
        AnyOf(fileIds).AddRange(Claimable(userId: null, now));

    public static BsonDocument ClaimedBy(ObjectId claimId, IEnumerable<string> fileIds) => AnyOf(fileIds).Add(Field.ClaimId, claimId);

    public static BsonDocument Deleting(IEnumerable<string> fileIds) => AnyOf(fileIds).Add(Field.State, Field.Deleting);

    public static BsonDocument AnyOf(IEnumerable<string> fileIds) => new(Field.FileId, new BsonDocument("$in", new BsonArray(fileIds)));

    public static BsonDocument StoredAfter(string fileId) =>
        new() { [Field.FileId] = new BsonDocument("$gt", fileId), [Field.State] = Field.Stored };

    public static BsonDocument Visible(string userId, DateTimeOffset now) =>
        new()
        {
            [Field.UserId] = userId,
            [Field.State] = Field.Stored,
            [Field.ExpiresAt] = new BsonDocument("$gt", MongoFileDocument.Date(now)),
        };
}
