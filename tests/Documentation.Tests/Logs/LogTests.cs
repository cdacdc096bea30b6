using CodeInterpreter.ServiceDefaults.Programs;

namespace CodeInterpreter.Documentation.Tests.Logs;

public sealed class LogTests
{
    private static readonly IReadOnlyList<LogEvent> OfAllServices = LogEvent.In(typeof(ServiceProgram).Assembly);

    private static IEnumerable<LogEvent> All => [.. OfAllServices, .. Service.All.SelectMany(service => LogEvent.In(service.Assembly))];

    public static TheoryData<string> Services => [.. Service.All.Select(service => service.Name)];

    [Fact]
    public void LogsPage_HasEveryEvent() => Repository.ShouldBe(LogsPage.Path, LogsPage.Write([.. All]));

    [Fact]
    public void LogsPage_EachEvent_SaysWhatToDo()
    {
        var advice = LogsPage.Advice();

        All.Where(logged => advice.GetValueOrDefault((logged.Project, logged.Id), "").Length == 0)
            .Select(logged => $"{logged.Project} {logged.Id}: {logged.Text}")
            .ShouldBeEmpty($"Write it into the last column of {LogsPage.Path}.");
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void EventId_IsUniqueWithinAService(string name)
    {
        var service = Service.All.Single(service => service.Name == name);

        OfAllServices
            .Concat(LogEvent.In(service.Assembly))
            .GroupBy(logged => logged.Id)
            .Where(same => same.Count() > 1)
            .SelectMany(same => same)
            .Select(logged => $"{logged.Id}: {logged.Project} {logged.Category}")
            .ShouldBeEmpty();
    }
}
