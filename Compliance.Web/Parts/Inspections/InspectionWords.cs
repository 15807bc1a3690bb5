namespace Compliance.Web.Parts.Inspections;

/// <summary>Sentences of inspections: the queue, the walk, the act.</summary>
public sealed class InspectionWords;
