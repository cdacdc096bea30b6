namespace CodeInterpreter.ServiceDefaults.Trust;

/// <summary>The settings of a section for a key that signs, and for a second one that is accepted while the first is changed.</summary>
public interface ISecretKeySettings
{
    /// <summary>The key that signs, in base64.</summary>
    string Key { get; }

    /// <summary>A file with it, instead.</summary>
    string KeyFile { get; }

    /// <summary>A second key whose signatures are accepted, too, in base64.</summary>
    string AcceptedKey { get; }

    /// <summary>A file with it, instead.</summary>
    string AcceptedKeyFile { get; }
}
