namespace Compliance.Web.Parts.Complaints;

/// <summary>The words about complaints.</summary>
public sealed class ComplaintWords;
