namespace CodeInterpreter.ServiceDefaults.Programs;

/// <summary>What a service's program ends with, besides 0 for what was done and 1 for what was not.</summary>
public static class ExitCodes
{
    /// <summary>The command line is not understood (EX_USAGE).</summary>
    public const int Usage = 64;

    /// <summary>A setting, or what it names on this machine, does not let the service start (EX_CONFIG).</summary>
    public const int Configuration = 78;
}
