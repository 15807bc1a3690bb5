namespace Compliance.Web.Parts.Detectors;

/// <summary>The words about detectors and what allows them.</summary>
public sealed class DetectorWords;
