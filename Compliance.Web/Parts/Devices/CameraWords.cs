namespace Compliance.Web.Parts.Devices;

/// <summary>The sentences of a camera's own page: its day, and what it has proven.</summary>
public sealed class CameraWords;
