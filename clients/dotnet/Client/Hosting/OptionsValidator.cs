using Microsoft.Extensions.Options;

namespace CodeInterpreter.Client;

/// <summary>Refuses wrong options at the start.</summary>
internal sealed class OptionsValidator : IValidateOptions<CodeInterpreterClientOptions>
{
    public ValidateOptionsResult Validate(string? name, CodeInterpreterClientOptions options)
    {
        var problems = OptionsRules.Check(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
