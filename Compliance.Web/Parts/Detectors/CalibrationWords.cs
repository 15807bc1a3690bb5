namespace Compliance.Web.Parts.Detectors;

/// <summary>The words about what a person draws over a camera's view for its detectors.</summary>
public sealed class CalibrationWords;
