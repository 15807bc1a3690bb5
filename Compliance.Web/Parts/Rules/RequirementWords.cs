namespace Compliance.Web.Parts.Rules;

/// <summary>Sentences about requirements: what was found, what is needed, and every word of the rulebooks' vocabulary.</summary>
public sealed class RequirementWords;
