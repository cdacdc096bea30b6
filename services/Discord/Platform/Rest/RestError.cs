using System.Text.Json;

namespace CodeInterpreter.Discord.Platform.Rest;

/// <summary>The body of an answer that says no.</summary>
internal sealed record RestError
{
    private static readonly RestError Nothing = new();

    /// <summary>Discord's number for the error.</summary>
    public int Code { get; init; }

    public string Message { get; set; } = "";

    /// <summary>The seconds to wait, with a 429.</summary>
    public double? RetryAfter { get; init; }

    /// <summary>Whether the 429 is for all calls.</summary>
    public bool Global { get; init; }

    /// <summary>Reads a body; what is no such JSON, as from a proxy, is an error without details.</summary>
    public static RestError Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, RestJson.Default.RestError) ?? Nothing;
        }
        catch (JsonException)
        {
            return Nothing;
        }
    }
}
