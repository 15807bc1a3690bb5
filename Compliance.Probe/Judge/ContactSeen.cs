using Compliance.Domain.Contacts;

namespace Compliance.Probe.Judge;

/// <summary>
/// A contact of an exit was read, by whatever way: a message of a sensor, the digital input of a camera. Every reading is told to the
/// judge, also one that changes nothing: it is the sign of life.
/// </summary>
/// <param name="DeviceId">The exit.</param>
/// <param name="At">When it was read, by the probe's clock.</param>
internal readonly record struct ContactSeen(Guid DeviceId, ContactState State, DateTimeOffset At);
