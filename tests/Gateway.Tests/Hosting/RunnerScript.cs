using System.Collections.Concurrent;
using System.Threading.Channels;
using CodeInterpreter.Contracts;
using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;
using ExecutionResult = CodeInterpreter.Contracts.ExecutionResult;

namespace CodeInterpreter.Gateway.Tests.Hosting;

/// <summary>What the stand-in for the runner does, by the code it is given. Other code succeeds and prints itself.</summary>
public sealed class RunnerScript
{
    private readonly ConcurrentDictionary<string, Func<ConsumeContext<ExecuteCode>, Task>> _lines = new();

    /// <summary>The executions that were to be cancelled.</summary>
    public ConcurrentQueue<string> Cancelled { get; } = new();

    /// <summary>The messages that could not be processed.</summary>
    public ConcurrentQueue<FailedMessage> Failed { get; } = new();

    /// <summary>What was sent to the code's standard input; the end of it is null.</summary>
    public Channel<string?> Input { get; } = Channel.CreateUnbounded<string?>();

    /// <summary>Chooses what happens with new code, which ends with the given text, and returns it.</summary>
    public string Add(Func<ConsumeContext<ExecuteCode>, Task> line, string end = "")
    {
        var code = $"code_{Guid.NewGuid():N}();{end}";
        _lines[code] = line;
        return code;
    }

    public string AddResult(ExecutionResult result) =>
        Add(async context =>
        {
            await StartAsync(context);
            await FinishAsync(context, result);
        });

    public Task PlayAsync(ConsumeContext<ExecuteCode> context) =>
        _lines.TryGetValue(context.Message.Code, out var line) ? line(context) : PlayDefaultAsync(context);

    public static ExecutionResult Succeeded(string output) =>
        new()
        {
            Outcome = Outcome.Succeeded,
            ReturnCode = 0,
            Output = new OutputText(output, output.Length, false),
        };

    public static Task StartAsync(ConsumeContext<ExecuteCode> context) => StartAsync(context, sequence: 2, "stand-in-input");

    /// <summary>Starts the code on a runner that takes input somewhere else.</summary>
    public static async Task StartAsync(ConsumeContext<ExecuteCode> context, long sequence, string inputQueue)
    {
        var started = new ExecutionStarted
        {
            ExecutionId = context.Message.ExecutionId,
            UserId = context.Message.UserId,
            Proof = context.Message.Proof,
            RunnerId = "stand-in",
            Sequence = sequence,
            Live = context.Message.Live,
            InputAddress = new Uri($"queue:{inputQueue}"),
            StartedAt = DateTimeOffset.UtcNow,
        };
        await ReplyAsync(context, started);
        await context.Publish(started);
    }

    /// <summary>Tells what a real runner tells; only to the log, when nobody is to hear it at once.</summary>
    public static async Task PrintAsync(
        ConsumeContext<ExecuteCode> context,
        long sequence,
        string text,
        OutputKind kind = OutputKind.Stdout,
        bool reply = true
    )
    {
        var output = new ExecutionOutput
        {
            ExecutionId = context.Message.ExecutionId,
            UserId = context.Message.UserId,
            Proof = context.Message.Proof,
            Sequence = sequence,
            Kind = kind,
            Text = text,
        };
        if (reply)
        {
            await ReplyAsync(context, output);
        }

        await context.Publish(output);
    }

    public static async Task FinishAsync(ConsumeContext<ExecuteCode> context, ExecutionResult result, long sequence = 3)
    {
        var finished = Finished(context, result) with { Sequence = sequence };
        await ReplyAsync(context, finished);
        await context.Publish(finished);
    }

    public static async Task ReplyAsync<T>(ConsumeContext<ExecuteCode> context, T message)
        where T : class
    {
        var endpoint = await context.GetSendEndpoint(context.ResponseAddress.ShouldNotBeNull());
        await endpoint.Send(message);
    }

    public static ExecutionFinished Finished(ConsumeContext<ExecuteCode> context, ExecutionResult result) =>
        new()
        {
            ExecutionId = context.Message.ExecutionId,
            UserId = context.Message.UserId,
            Proof = context.Message.Proof,
            RunnerId = "stand-in",
            FinishedAt = DateTimeOffset.UtcNow,
            Result = result,
        };

    private static async Task PlayDefaultAsync(ConsumeContext<ExecuteCode> context)
    {
        await StartAsync(context);
        await FinishAsync(context, Succeeded(context.Message.Code));
    }
}
