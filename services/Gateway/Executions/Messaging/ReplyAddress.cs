namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>
/// Where this replica gets its copies of events. Known once the bus has been configured, and in the transport's own words:
/// a name alone would not tell others that the endpoint is temporary.
/// </summary>
internal sealed class ReplyAddress
{
    private volatile Uri? _value;

    public Uri Value
    {
        get => _value ?? throw new InvalidOperationException("The bus has not been configured with the gateway's consumers.");
        set => _value = value;
    }
}
