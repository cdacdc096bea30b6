using System.ComponentModel.DataAnnotations;
using CodeInterpreter.ServiceDefaults.Channels;

namespace CodeInterpreter.Runner.Settings;

/// <summary>The runner itself, section <c>Runner</c>.</summary>
public sealed class RunnerOptions
{
    /// <summary>
    /// Who owns the sandboxes this runner starts, 1 to 128 characters; unique among the runners of an engine. By default
    /// the machine's name with a random end. With a stable one a runner finds what its predecessor left behind.
    /// </summary>
    [RegularExpression("[A-Za-z0-9_.-]{1,128}")]
    public string Id { get; set; } = $"{Environment.MachineName}-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>
    /// Executions at the same time, 1 to 256; 0, the default, for as many as fit into the engine's memory: two for each sandbox that fits
    /// with all its memory in use, see <see cref="Sandboxes.SlotCount"/>. Runners that share an engine share its memory: divide by their
    /// number.
    /// </summary>
    [Range(0, 256)]
    public int Slots { get; set; }

    /// <summary>
    /// The part of the slots in which users have more than one execution, 0 to 1, 0.5 by default: a user alone may have half of the slots,
    /// two a quarter each. More executions wait. The other slots are reserved for users without an execution here: as many of them start at
    /// once, however long the others' code takes.
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
