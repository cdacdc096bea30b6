using Microsoft.Extensions.AI;

namespace CodeInterpreter.Client.AI;

/// <summary>Offers Code Interpreter to models.</summary>
public static class CodeInterpreterAIExtensions
{
    /// <summary>
    /// Returns a tool that runs Python, for <see cref="ChatOptions.Tools"/>. The model gets text, or, where the code shows small pictures,
    /// a list
    /// of <see cref="TextContent"/> and <see cref="DataContent"/>. Code that fails is an answer for the model; a request that the service
    /// refuses as wrong is one, too. Anything else is a <see cref="CodeInterpreterException"/>.
    /// </summary>
    /// <param name="client">The client, for the user of the chat: see <see cref="CodeInterpreterClient.ForUser"/>.</param>
    /// <param name="options">What the model is offered; null for the defaults.</param>
    public static AIFunction AsAIFunction(this CodeInterpreterClient client, CodeInterpreterToolOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return new PythonTool(client, options ?? new CodeInterpreterToolOptions());
    }
}
