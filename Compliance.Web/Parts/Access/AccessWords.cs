namespace Compliance.Web.Parts.Access;

/// <summary>Words about access sessions: a police officer's reasoned, time-limited looks at feeds.</summary>
public sealed class AccessWords;
