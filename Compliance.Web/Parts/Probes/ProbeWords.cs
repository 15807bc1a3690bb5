namespace Compliance.Web.Parts.Probes;

/// <summary>Words about probes, their leases and their health, and about how a venue is watched.</summary>
public sealed class ProbeWords;
