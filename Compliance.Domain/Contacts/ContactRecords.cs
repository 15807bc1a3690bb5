namespace Compliance.Domain.Contacts;

/// <summary>How the contact of an exit stands. Silent: nothing comes from it, and nobody knows.</summary>
public enum ContactState { Silent, Free, Locked, Blocked }

/// <summary>What connects the contact of an exit.</summary>
/// <param name="Address">By MQTT its topic; of a camera's input <c>camera id/token of the input</c>.</param>
public sealed record ContactFitting(ContactSource Source, string Address);

/// <summary>By what a contact is read: a sensor that speaks MQTT, or the digital input of a camera or recorder (ONVIF).</summary>
public enum ContactSource { Mqtt, DigitalInput }
