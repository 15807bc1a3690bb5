namespace Compliance.Web.Parts.Outages;

/// <summary>Sentences about outages.</summary>
public sealed class OutageWords;
