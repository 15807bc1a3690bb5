namespace Compliance.Web.Parts.Panels;

/// <summary>Words about the panels of fire alarms and the contacts of exits.</summary>
public sealed class PanelWords;
