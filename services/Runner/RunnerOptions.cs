using System.ComponentModel.DataAnnotations;

namespace CodeInterpreter.Runner;

/// <summary>The runner itself, section <c>Runner</c>.</summary>
public sealed class RunnerOptions
{
    /// <summary>
    /// Who owns the sandboxes this runner starts, 1 to 128 characters; unique among the runners of an engine. By default
    /// the machine's name with a random end. With a stable one a runner finds what its predecessor left behind at once.
    /// </summary>
    [RegularExpression("[A-Za-z0-9_.-]{1,128}")]
    public string Id { get; set; } = $"{Environment.MachineName}-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>
    /// Executions at the same time, 1 to 256. By default two for each processor: one computes while another waits or is
    /// being harvested.
    /// </summary>
    [Range(1, 256)]
    public int Slots { get; set; } = 2 * Environment.ProcessorCount;

    /// <summary>Where the file store is: <c>http://host:port</c>, <c>https://host:port</c> or <c>unix:///path/to.sock</c>.</summary>
    [Required]
    public Uri FileStoreAddress { get; set; } = new("http://127.0.0.1:8090");
}
