using CodeInterpreter.FileStore.Files;
using CodeInterpreter.ServiceDefaults.Databases;
using MongoDB.Driver;

namespace CodeInterpreter.FileStore.Metadata;

/// <summary>The steps of adding a file. Files that come at the same time take them together.</summary>
internal sealed class MongoFileSteps
{
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    private readonly ExpectedFiles _expected = new();

    private readonly Coalescer<MongoFileAddition> _additions;

    public MongoFileSteps(TimeSpan gatherTime) =>
        _additions = new Coalescer<MongoFileAddition>(
            MongoOutage.IsForAll,
            new(addition => addition.InsertAsync(), InsertAsync),
            new(addition => addition.CheckAsync(), CheckAsync),
            new(addition => addition.ShowAsync(), ShowAsync)
        )
        {
            GatherAsync = additions =>
                _expected.WaitAsync(additions.Select(addition => addition.File.ExecutionId).OfType<string>(), gatherTime),
        };

    /// <summary>A file of that execution will take the steps in a moment; to be disposed when it does, or will not.</summary>
    public IDisposable Expect(string executionId) => _expected.Expect(executionId);

    /// <summary>Adds a file that others count with.</summary>
    public Task AddAsync(MongoFileAddition addition) => _additions.RunAsync(addition);

    /// <summary>
    /// Lets those that take the place of one upload do so one after the other: at once they would lock each other out in the server,
    /// again and again. Those in other replicas are few.
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

    // With all that comes with them, and all that they take the place of: where that fits, each of them does.
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
        // Who lost to another of them could take the place of one that does not know yet that it was shown.
        if (additions.DistinctBy(addition => addition.Key).Count() < additions.Count)
            throw new InvalidOperationException("Of one upload one file is shown at most: each goes alone.");

        var shown = await additions[0]
            .Files.BulkWriteAsync(additions.Select(addition => addition.ToShown()), new BulkWriteOptions { IsOrdered = false });
        if (shown.MatchedCount < additions.Count)
            throw MongoFileAddition.SweptMeanwhile();
    }
}
