namespace Compliance.Web.Parts.Guards;

/// <summary>Words about guards, shifts and the incident book.</summary>
public sealed class GuardWords;
