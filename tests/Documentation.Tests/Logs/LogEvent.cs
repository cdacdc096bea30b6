using System.Reflection;
using Microsoft.Extensions.Logging;

namespace CodeInterpreter.Documentation.Tests.Logs;

/// <summary>A line that a service may log.</summary>
/// <param name="Project">The project that logs it.</param>
/// <param name="Id">Its event id.</param>
/// <param name="Name">Its event name.</param>
/// <param name="Level">How severe it is.</param>
/// <param name="Text">Its text, with the names of its values in braces.</param>
/// <param name="Category">The class that logs it, without the namespace of the project, or the category that it names.</param>
internal sealed record LogEvent(string Project, int Id, string Name, LogLevel Level, string Text, string Category)
{
    public static IReadOnlyList<LogEvent> In(Assembly assembly)
    {
        var project = assembly.GetName().Name!["CodeInterpreter.".Length..];
        return
        [
            .. from type in assembly.GetTypes()
            from method in type.GetMethods(
                BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly
            )
            let message = method.GetCustomAttribute<LoggerMessageAttribute>()
            where message is not null
            orderby message.EventId
            select new LogEvent(project, message.EventId, method.Name, message.Level, message.Message, CategoryOf(type)),
        ];
    }

    // A category that several classes or operators use has a name of its own, in a constant.
    private static string CategoryOf(Type type) => type.GetField("Category")?.GetRawConstantValue() as string ?? type.Name;
}
