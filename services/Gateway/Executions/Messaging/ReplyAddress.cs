namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>
/// The address to which runners send this replica's copies of events. It is known once the bus is configured, as a URI of the transport: a
/// name alone does not say that the endpoint is temporary.
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
