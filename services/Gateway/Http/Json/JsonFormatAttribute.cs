namespace CodeInterpreter.Gateway.Http.Json;

/// <summary>Says how a type that a converter reads is written in JSON, for errors: "must be ...".</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
internal sealed class JsonFormatAttribute(string description) : Attribute
{
    /// <summary>Such as "a list of numbers".</summary>
    public string Description => description;
}
