using System.ComponentModel.DataAnnotations;
using CodeInterpreter.ServiceDefaults.Settings;

namespace CodeInterpreter.ServiceDefaults.Tests.Settings;

public enum TestMode
{
    Loopback,
    Required,
}

public sealed class TestOptions
{
    public TestMode Mode { get; set; }

    public TimeSpan Retention { get; set; } = TimeSpan.FromHours(48);

    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(1);

    [Range(1, 256)]
    public int Slots { get; set; } = 4;

    public long? MaxBytes { get; set; }

    public double Ratio { get; set; } = 1;

    public bool Enabled { get; set; }

    public Uri? Address { get; set; }

    [RegularExpression("[a-z]*")]
    public string Name { get; set; } = "";

    public string Key { get; set; } = "";

    [Secret]
    public string Database { get; set; } = "";

    public TestTokenOptions Jwt { get; set; } = new();

    public IList<string> Origins { get; } = [];

    public IDictionary<string, TimeSpan> Waits { get; } = new Dictionary<string, TimeSpan>();

    public IDictionary<string, TestTokenOptions> Issuers { get; } = new Dictionary<string, TestTokenOptions>();

    public bool IsComputed => Slots > 1;
}

public sealed class TestTokenOptions
{
    [Required]
    public string Authority { get; set; } = "none";

    public TimeSpan Leeway { get; set; }
}
