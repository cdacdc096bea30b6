using System.ComponentModel.DataAnnotations;

namespace CodeInterpreter.ServiceDefaults.Channels;

/// <summary>The setting is an address that <see cref="ServiceChannel"/> can call.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ServiceAddressAttribute() : ValidationAttribute("must be http://host:port, https://host:port or unix:///path.")
{
    /// <inheritdoc />
    public override bool IsValid(object? value) => value is Uri { IsAbsoluteUri: true, Scheme: "http" or "https" or "unix" };
}
