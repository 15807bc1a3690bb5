namespace Compliance.Web.Parts.Maintenance;

/// <summary>The words about maintenance windows.</summary>
public sealed class MaintenanceWords;
