namespace CodeInterpreter.Gateway.Http.Access;

/// <summary>Which web pages may call the HTTP API from a browser. Section <c>Gateway:Cors</c>.</summary>
public sealed class CrossOriginOptions
{
    /// <summary>Where the options are in the configuration.</summary>
    public const string Section = "Gateway:Cors";

    /// <summary>
    /// The origins of pages that may call the API and read its responses, such as <c>https://app.example.com</c>: scheme, host and a port
    /// that is not the default, without a path. Empty by default: browsers then refuse to show responses to pages of other origins. Pages
    /// must send credentials themselves, as cookies are not used.
    /// </summary>
    public IList<string> Origins { get; set; } = [];
}
