namespace CodeInterpreter.Kubernetes.Tests.Rules;

/// <summary>One key of a Secret.</summary>
internal sealed record SecretKeyName(string Namespace, string Secret, string Key)
{
    public override string ToString() => $"{Namespace}/{Secret}, key {Key}";
}
