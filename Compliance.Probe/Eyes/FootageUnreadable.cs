namespace Compliance.Probe.Eyes;

/// <summary>A file gave no pictures, and why.</summary>
internal sealed class FootageUnreadable(string why) : Exception(why);
