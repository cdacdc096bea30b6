using System.ComponentModel.DataAnnotations;
using CodeInterpreter.ServiceDefaults.Channels;

namespace CodeInterpreter.Runner.Settings;

/// <summary>The runner itself, section <c>Runner</c>.</summary>
public sealed class RunnerOptions
{
    /// <summary>
    /// Name of the runner, which marks its sandboxes: 1 to 128 characters, unique among the runners of an engine. By default the
    /// machine's name with a random suffix. With a fixed name, a runner finds the sandboxes that an earlier process of it left behind.
    /// </summary>
    [RegularExpression("[A-Za-z0-9_.-]{1,128}")]
    public string Id { get; set; } = $"{Environment.MachineName}-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>
    /// Executions at the same time, 1 to 256; 0, the default, for two slots for each sandbox that fits into the engine's memory, see
    /// <see cref="Sandboxes.SlotCount"/>. Runners that share an engine share its memory: divide the slots by the number of runners.
    /// </summary>
    [Range(0, 256)]
    public int Slots { get; set; }

    /// <summary>
    /// The part of the slots that users share for their second and further executions, 0 to 1, 0.5 by default: a single user may use half
    /// of the slots, two users a quarter each. Further executions wait. The other slots are reserved for users without an execution at
    /// this runner, so these start at once.
    /// </summary>
    [Range(0.0, 1.0)]
    public double SharedSlots { get; set; } = 0.5;

    /// <summary>
    /// Whether the runner annotates its pod with the number of its executions, so that Kubernetes stops idle runners first; false by
    /// default.
    /// It needs a service account token with the right to patch <c>pods/status</c>.
    /// </summary>
    public bool PodDeletionCost { get; set; }

    /// <summary>Where the file store is: <c>http://host:port</c>, <c>https://host:port</c> or <c>unix:///path/to.sock</c>.</summary>
    [ServiceAddress]
    public Uri FileStoreAddress { get; set; } = new("http://127.0.0.1:8090");
}
