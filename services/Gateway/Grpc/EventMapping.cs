using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Executions.Results;
using Google.Protobuf.WellKnownTypes;
using Bus = CodeInterpreter.Contracts;
using Event = CodeInterpreter.Gateway.Executions.Watching.ExecutionEvent;

namespace CodeInterpreter.Gateway.Grpc;

/// <summary>Maps events to their gRPC messages.</summary>
internal static class EventMapping
{
    public static ExecutionEvent ToMessage(Event next)
    {
        var message = new ExecutionEvent { ExecutionId = next.ExecutionId, Sequence = next.Sequence };
        switch (next)
        {
            case Event.Accepted accepted:
                message.Accepted = new Accepted { AcceptedAt = accepted.AcceptedAt.ToTimestamp() };
                break;
            case Event.Queued queued:
                message.Queued = new Queued { Ahead = queued.Ahead };
                break;
            case Event.Started started:
                message.Started = new Started { StartedAt = started.StartedAt.ToTimestamp() };
                break;
            case Event.Printed { Kind: Bus.OutputKind.Stderr } printed:
                message.Stderr = printed.Text;
                break;
            case Event.Printed printed:
                message.Stdout = printed.Text;
                break;
            case Event.FileStored stored:
                message.File = ExecutionMapping.ToMessage(stored.File);
                break;
            case Event.Finished finished:
                message.Finished = ExecutionMapping.ToMessage(new DeliveredResult(finished.ExecutionId, finished.Result, finished.Data));
                break;
            case Event.KeepAlive:
                message.KeepAlive = new KeepAlive();
                break;
            default:
                throw new InvalidOperationException($"{next.GetType().Name} has no message.");
        }

        return message;
    }
}
