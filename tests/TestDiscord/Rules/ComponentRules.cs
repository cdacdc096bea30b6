using System.Text.Json.Nodes;
using CodeInterpreter.TestDiscord.Model;

namespace CodeInterpreter.TestDiscord.Rules;

/// <summary>What Discord refuses in buttons and in the fields of a modal.</summary>
internal static class ComponentRules
{
    private const int ActionRow = 1;
    private const int Button = 2;
    private const int TextInput = 4;
    private const int TextDisplay = 10;
    private const int Label = 18;
    private const int FileUpload = 19;
    private const int LinkStyle = 5;

    public static IEnumerable<string> CheckMessage(IReadOnlyList<JsonNode?> components, bool isVersion2)
    {
        var max = isVersion2 ? 40 : 5;
        if (components.Count > max)
            yield return $"components: {components.Count}, at most {max}";
        if (isVersion2)
            yield break;

        foreach (var row in components)
        {
            if (row.Number("type") != ActionRow)
                yield return $"components.type: {row.Number("type")} in a message";
            var buttons = row.Items("components");
            if (buttons.Count is < 1 or > 5)
                yield return $"components: {buttons.Count} in a row, 1 to 5";
            foreach (var problem in buttons.SelectMany(CheckButton))
                yield return problem;
        }

        foreach (var problem in CheckCustomIds([.. components.SelectMany(row => row.Items("components"))]))
            yield return problem;
    }

    public static IEnumerable<string> CheckModal(JsonNode? modal)
    {
        if (modal.Text("custom_id") is not { Length: >= 1 and <= 100 })
            yield return "custom_id: 1 to 100 characters";
        if (modal.Text("title") is not { Length: >= 1 and <= 45 })
            yield return "title: 1 to 45 characters";
        var components = modal.Items("components");
        if (components.Count is < 1 or > 5)
            yield return $"components: {components.Count}, 1 to 5";
        foreach (var problem in components.SelectMany(CheckField))
            yield return problem;
        foreach (var problem in CheckCustomIds(FieldsOf(modal)))
            yield return problem;
    }

    /// <summary>The fields of a modal, out of their labels or rows.</summary>
    public static IReadOnlyList<JsonNode?> FieldsOf(JsonNode? modal) =>
        [
            .. modal
                .Items("components")
                .SelectMany(component =>
                    component.Number("type") == Label ? [(component as JsonObject)?["component"]] : component.Items("components")
                ),
        ];

    private static IEnumerable<string> CheckButton(JsonNode? button)
    {
        if (button.Number("type") != Button)
        {
            yield return $"components.type: {button.Number("type")}, this stand-in knows buttons only";
            yield break;
        }

        if (button.Text("label")?.Length > 80)
            yield return "components.label: more than 80 characters";
        if (button.Text("label") is not { Length: > 0 } && !button.Has("emoji"))
            yield return "components: a button without label and emoji";
        if (button.Number("style") is not (>= 1 and <= LinkStyle))
            yield return $"components.style: {button.Number("style")}";
        if (button.Number("style") == LinkStyle)
        {
            if (button.Has("custom_id"))
                yield return "components: a link with a custom_id";
            if (button.Text("url") is not { Length: > 0 and <= 512 } url || !Uri.TryCreate(url, UriKind.Absolute, out _))
                yield return "components.url: not an address of at most 512 characters";
        }
        else if (button.Text("custom_id") is not { Length: >= 1 and <= 100 })
            yield return "components.custom_id: 1 to 100 characters";
        else if (button.Has("url"))
            yield return "components: a button with a url";
    }

    private static IEnumerable<string> CheckField(JsonNode? component)
    {
        if (component.Number("type") is not (Label or ActionRow or TextDisplay))
            yield return $"components.type: {component.Number("type")} in a modal";
        if (component.Number("type") == Label)
        {
            if (component.Text("label") is not { Length: >= 1 and <= 45 })
                yield return "components.label: 1 to 45 characters";
            if (component.Text("description")?.Length > 100)
                yield return "components.description: more than 100 characters";
            if (((component as JsonObject)?["component"]).Has("label"))
                yield return "components.component.label: the label is around it";
        }

        foreach (var field in FieldsOf(new JsonObject { ["components"] = new JsonArray(component?.DeepClone()) }))
        {
            if (field.Text("custom_id") is not { Length: >= 1 and <= 100 })
                yield return "components.custom_id: 1 to 100 characters";
            if (field.Number("type") == TextInput)
            {
                if (field.Number("style") is not (1 or 2))
                    yield return $"components.style: {field.Number("style")}";
                if (field.Number("max_length") is < 1 or > 4000)
                    yield return "components.max_length: 1 to 4000";
                if (field.Text("value")?.Length > 4000)
                    yield return "components.value: more than 4000 characters";
                if (field.Text("placeholder")?.Length > 100)
                    yield return "components.placeholder: more than 100 characters";
            }
            else if (field.Number("type") == FileUpload)
            {
                if (field.Number("min_values") is < 0 or > 10 || field.Number("max_values") is < 1 or > 10)
                    yield return "components: 0 to 10 files";
            }
            else
                yield return $"components.type: {field.Number("type")}, this stand-in knows text inputs and file uploads only";
        }
    }

    private static IEnumerable<string> CheckCustomIds(IReadOnlyList<JsonNode?> components)
    {
        var ids = components.Select(component => component.Text("custom_id")).OfType<string>().ToList();
        if (ids.Distinct().Count() < ids.Count)
            yield return "components.custom_id: the same twice";
    }
}
