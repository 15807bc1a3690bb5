namespace Compliance.Web.Parts.Alerts;

/// <summary>Sentences about alerts, incidents and what police do about them.</summary>
public sealed class AlertWords;
