namespace Compliance.Domain.Contacts;

/// <summary>How the contact of an exit stands. Silent: nothing comes from it, and nobody knows.</summary>
public enum ContactState { Silent, Free, Locked, Blocked }

/// <summary>By what a contact is read: a sensor that speaks MQTT, or the digital input of a camera or recorder (ONVIF).</summary>
public enum ContactSource { Mqtt, DigitalInput }
