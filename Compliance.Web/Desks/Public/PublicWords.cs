namespace Compliance.Web.Desks.Public;

/// <summary>Sentences of the pages that nobody signs in for.</summary>
public sealed class PublicWords;
