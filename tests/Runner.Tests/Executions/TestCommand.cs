using CodeInterpreter.Contracts;

namespace CodeInterpreter.Runner.Tests.Executions;

internal static class TestCommand
{
    public static ExecuteCode Create(string executionId = "execution", string userId = "user", double wallTimeSeconds = 1) =>
        new()
        {
            ExecutionId = executionId,
            UserId = userId,
            Code = "print('hello')",
            WallTimeSeconds = wallTimeSeconds,
            AcceptedAt = default,
            Deadline = default,
        };
}
