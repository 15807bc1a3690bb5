namespace Compliance.Web.Parts.Devices;

/// <summary>Sentences about cameras, fire alarms, exits and their verdicts.</summary>
public sealed class DeviceWords;
