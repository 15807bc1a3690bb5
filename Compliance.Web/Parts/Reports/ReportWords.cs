namespace Compliance.Web.Parts.Reports;

/// <summary>Sentences about documents to print or to read.</summary>
public sealed class ReportWords;
