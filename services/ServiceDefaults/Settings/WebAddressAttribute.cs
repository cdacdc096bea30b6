using System.ComponentModel.DataAnnotations;

namespace CodeInterpreter.ServiceDefaults.Settings;

/// <summary>The setting is an address that begins with <c>http://</c> or <c>https://</c>, or is not set.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WebAddressAttribute() : ValidationAttribute("must be an address that begins with http:// or https://.")
{
    /// <inheritdoc />
    public override bool IsValid(object? value) =>
        value is null or Uri { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", Fragment: "" };
}
