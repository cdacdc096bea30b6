using CodeInterpreter.FileStore.Files;
using CodeInterpreter.ServiceDefaults.Databases;
using MongoDB.Driver;

namespace CodeInterpreter.FileStore.Metadata;

/// <summary>The round trips of adding a file. Files that are added at the same time share them.</summary>
internal sealed class MongoFileSteps
{
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    private readonly Coalescer<MongoFileAddition> _additions = new(
        MongoOutage.IsForAll,
        new(addition => addition.InsertAsync(), InsertAsync),
        new(addition => addition.CheckAsync(), CheckAsync),
        new(addition => addition.ShowAsync(), ShowAsync)
    );

    /// <summary>Adds a file that counts towards a quota.</summary>
    public Task AddAsync(MongoFileAddition addition) => _additions.RunAsync(addition);

    /// <summary>
    /// Runs replacements of one upload one after the other: at the same time they would block each other in the server again and again.
    /// Replacements in other replicas are rare.
    /// </summary>
    public async Task<StoredFile> InTurnAsync(string uploadKey, Func<Task<StoredFile>> replaceAsync)
    {
        var turn = _turns[(uploadKey.GetHashCode(StringComparison.Ordinal) & int.MaxValue) % _turns.Length];
        await turn.WaitAsync();
        try
        {
            return await replaceAsync();
        }
        finally
        {
            turn.Release();
        }
    }

    private static async Task InsertAsync(IReadOnlyList<MongoFileAddition> additions)
    {
        await additions[0]
            .Files.InsertManyAsync(additions.Select(addition => addition.ToPending()), new InsertManyOptions { IsOrdered = false });
        foreach (var addition in additions)
            addition.IsPending = true;
    }

    private static Task CheckAsync(IReadOnlyList<MongoFileAddition> additions) =>
        Task.WhenAll(
            additions
                .GroupBy(addition => addition.File.UserId, StringComparer.Ordinal)
                .Select(owner => CheckOwnerAsync(owner.Key, [.. owner]))
        );

    // Counts the whole group, and all files that it replaces: if the sum is within the quota, so is each file.
    private static async Task CheckOwnerAsync(string userId, List<MongoFileAddition> additions)
    {
        var executionIds = additions.SelectMany(addition => addition.Quotas).Select(limit => limit.ExecutionId).Distinct().ToArray();
        var widest = executionIds is [var only] ? only : null;
        var usages = await MongoFileUsage.MeasureAsync(
            additions[0].Files,
            MongoFileFilters.Counted(userId, widest, additions.Min(addition => addition.File.UploadedAt)),
            MongoFileIndexes.For(widest),
            executionIds,
            CancellationToken.None
        );
        foreach (var addition in additions)
        foreach (var (limit, executionId) in addition.Quotas)
            limit.Check(usages[Array.IndexOf(executionIds, executionId)], addition.File.FileSize);
    }

    private static async Task ShowAsync(IReadOnlyList<MongoFileAddition> additions)
    {
        // An addition that lost to another one of its group could replace it before that one knows that it is visible.
        if (additions.DistinctBy(addition => addition.Key).Count() < additions.Count)
            throw new InvalidOperationException("Of one upload one file is shown at most: each goes alone.");

        var shown = await additions[0]
            .Files.BulkWriteAsync(additions.Select(addition => addition.ToShown()), new BulkWriteOptions { IsOrdered = false });
        if (shown.MatchedCount < additions.Count)
            throw MongoFileAddition.SweptMeanwhile();
    }
}
