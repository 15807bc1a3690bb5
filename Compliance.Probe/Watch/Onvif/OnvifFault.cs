namespace Compliance.Probe.Watch.Onvif;

/// <summary>What kept a device from answering a question over ONVIF.</summary>
internal enum Trouble { Unreachable, TooSlow, NotAuthorized, NotSupported, Unreadable, TooLarge, SentElsewhere, Refused }

/// <summary>A question over ONVIF that came to nothing. Its text is the trouble and a technical word, never what the device itself wrote.</summary>
internal sealed class OnvifFault(Trouble trouble, string word = "") : Exception(word.Length == 0 ? $"{trouble}" : $"{trouble} {word}")
{
    public Trouble Trouble { get; } = trouble;

    /// <summary>The device answered, and its answer is no; anything else may be otherwise next time.</summary>
    public bool IsNo => Trouble is Trouble.Refused or Trouble.NotSupported;
}
