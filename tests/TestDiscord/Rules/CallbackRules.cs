using System.Text.Json.Nodes;
using CodeInterpreter.TestDiscord.Model;

namespace CodeInterpreter.TestDiscord.Rules;

/// <summary>What Discord refuses in the first answer to an interaction.</summary>
internal static class CallbackRules
{
    public const int Pong = 1;
    public const int Message = 4;
    public const int DeferredMessage = 5;
    public const int DeferredUpdate = 6;
    public const int Update = 7;
    public const int Choices = 8;
    public const int Modal = 9;

    private const int Component = 3;
    private const int Autocomplete = 4;
    private const int ModalSubmit = 5;

    /// <param name="interactionType">The type of the interaction.</param>
    /// <param name="hasMessage">Whether there is a message that a button of it was pressed on.</param>
    /// <param name="callback">The answer.</param>
    public static IEnumerable<string> Check(int interactionType, bool hasMessage, JsonNode? callback)
    {
        var type = callback.Number("type");
        var data = (callback as JsonObject)?["data"];
        var fits = type switch
        {
            Message or DeferredMessage => interactionType != Autocomplete,
            DeferredUpdate or Update => interactionType == Component || (interactionType == ModalSubmit && hasMessage),
            Choices => interactionType == Autocomplete,
            Modal => interactionType is not (ModalSubmit or Autocomplete),
            _ => false,
        };
        if (!fits)
            return [$"type: {type} answers no interaction of type {interactionType}"];
        return type switch
        {
            DeferredMessage when (data.Number("flags") ?? 0) is not (0 or 64) => ["data.flags: only 64 may be given"],
            DeferredMessage when data.Has("content") || data.Has("embeds") => ["data: a deferral says nothing"],
            Message or Update => MessageRules.Check(data),
            Modal => ComponentRules.CheckModal(data),
            Choices when data.Items("choices").Count > 25 => ["data.choices: more than 25"],
            _ => [],
        };
    }
}
