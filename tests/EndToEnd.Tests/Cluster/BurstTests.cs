using System.Diagnostics;
using System.Text.Json.Nodes;
using MongoDB.Bson;
using MongoDB.Driver;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>Far more executions at once than there are slots, from users who want very different amounts.</summary>
[Collection(typeof(OneCluster))]
public sealed class BurstTests(ClusterFixture cluster)
{
    private readonly string[] _users = [StandaloneFixture.NewUser(), StandaloneFixture.NewUser(), StandaloneFixture.NewUser()];
    private int _answered;

    [Fact]
    public async Task Burst_OfThreeHundred_AnswersEachOnceAndOneUserDoesNotWaitForTwoHundredOfAnother()
    {
        int[] shares = [200, 99, 1];
        var calls = new List<Task<Answer>>();
        for (var user = 0; user < shares.Length; user++)
        {
            calls.AddRange(Enumerable.Range(calls.Count, shares[user]).Select(marker => CallAsync(_users[user], marker)).ToList());
        }

        var answers = await Task.WhenAll(calls);

        Report(answers);
        answers.Select(answer => answer.Result.Text("output")).ShouldBe(Enumerable.Range(0, 300).Select(marker => $"{marker}\n"));
        answers.Select(answer => answer.Result.Text("execution_id")).Distinct().Count().ShouldBe(300);
        var byOne = answers[^1].Position;
        answers
            .Count(answer => answer.User == _users[0] && answer.Position < byOne)
            .ShouldBeLessThan(50, "the only execution of a user goes before most of another's burst");
        await ShouldHaveStoredEachOnceAsync(answers);
    }

    private async Task<Answer> CallAsync(string user, int marker)
    {
        var began = Stopwatch.GetTimestamp();
        var result = await cluster.Gateways[marker % 2].ExecuteAsync(user, $"open('{marker}.txt', 'w').write('{marker}')\nprint({marker})");
        return new Answer(user, result, Interlocked.Increment(ref _answered), Stopwatch.GetElapsedTime(began));
    }

    private async Task ShouldHaveStoredEachOnceAsync(Answer[] answers)
    {
        var filter = Builders<BsonDocument>.Filter.In("user_id", _users);
        // In one batch: a record whose result is stored between two of them can come twice.
        var records = await cluster
            .Executions.Find(filter, new FindOptions { BatchSize = answers.Length + 1 })
            .ToListAsync(TestContext.Current.CancellationToken);
        records
            .Select(record => record["_id"].AsString)
            .ShouldBe(answers.Select(answer => answer.Result.Text("execution_id")), ignoreOrder: true);

        var files = new List<JsonObject>();
        foreach (var user in _users)
            files.AddRange(await cluster.Gateways[0].FilesAsync(user));
        files
            .Select(file => (file.Text("execution_id"), file.Text("file_id")))
            .ShouldBe(
                answers.Select(answer =>
                    (answer.Result.Text("execution_id"), answer.Result.Objects("generated_files").Single().Text("file_id"))
                ),
                ignoreOrder: true
            );
    }

    private static void Report(Answer[] answers)
    {
        foreach (var user in answers.GroupBy(answer => answer.User))
        {
            var waits = user.Select(answer => answer.Wait.TotalSeconds).Order().ToList();
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{waits.Count} executions: first answer no. {user.Min(answer => answer.Position)}, "
                    + $"waits {waits[0]:0.00} s to {waits[^1]:0.00} s, half of them at most {waits[waits.Count / 2]:0.00} s"
            );
        }
    }

    private sealed record Answer(string User, JsonObject Result, int Position, TimeSpan Wait);
}
